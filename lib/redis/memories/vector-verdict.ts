/** What the bytes of a memory's embedding are worth to the index: its length alone does not tell. */
import { inspectForm, type VectorForm } from "../../embeddings/other-forms";
import { VECTOR_FIELD } from "../memory-vectors";
import { isMeasurable } from "../query-engine/distance";
import { isError, toBufferOrNull } from "../store/reply";
import type { Store } from "../store/store";
import type { MemoryFacts } from "./memory-facts";
import type { UsedIndex } from "./used-index";

export interface VectorVerdict {
  /** What it was judged by: another index may say another thing. */
  by: string;
  /** "ok" where the index's data type is not inspected here. */
  form: VectorForm;
  /** Can a search by meaning find it? */
  findable: boolean;
}

type By = Pick<UsedIndex, "dimensions" | "dataType" | "metric">;

/** Longer ones are no vectors of a model; a list does not fetch them to say in which way they are wrong. */
const JUDGED_BYTES = 64 * 1024;
const BATCH = 500;
const BATCH_BYTES = 4 * 1024 * 1024;

/** Twenty thousand share a few. */
const known = new Map<string, VectorVerdict>();

export function verdictOf(bytes: Buffer, index: By): VectorVerdict {
  const { dimensions, dataType, metric } = index;
  const float32 = dataType === null || dataType === "FLOAT32";
  const form = float32 ? inspectForm(bytes, dimensions) : "ok";
  const findable = isMeasurable(bytes, dataType ?? "FLOAT32", metric ?? "COSINE");
  const by = judgedBy(index);
  const name = `${by} ${form} ${findable}`;
  const verdict = known.get(name) ?? { by, form, findable };
  known.set(name, verdict);
  return verdict;
}

function judgedBy({ dimensions, dataType, metric }: By): string {
  return `${dataType} ${metric} ${dimensions}`;
}

/** What was read of it for this index; null: nothing yet. */
export function verdictFor({ verdict }: Pick<MemoryFacts, "verdict">, index: By): VectorVerdict | null {
  return verdict && verdict.by === judgedBy(index) ? verdict : null;
}

/** Those whose embedding would fit and was not looked at: 2 kB each, so a list does not read them of thousands. */
export function unjudged(all: readonly MemoryFacts[], index: UsedIndex): MemoryFacts[] {
  const { vectorBytes } = index;
  if (vectorBytes === null) return [];
  return all.filter((one) => one.embeddingBytes === vectorBytes && verdictFor(one, index) === null);
}

/** Reads the embeddings and keeps on each memory's facts what they are worth; they go with the facts when it changes. */
export async function judgeVectors(
  store: Store,
  all: readonly MemoryFacts[],
  index: UsedIndex,
): Promise<void> {
  const asked = all.filter(
    (one) => one.embeddingBytes > 0 && one.embeddingBytes <= JUDGED_BYTES && verdictFor(one, index) === null,
  );
  const longest = asked.reduce((most, { embeddingBytes }) => Math.max(most, embeddingBytes), 1);
  const batch = Math.min(BATCH, Math.ceil(BATCH_BYTES / longest));
  for (let from = 0; from < asked.length; from += batch) {
    const some = asked.slice(from, from + batch);
    const replies = await store.pipeline(some.map(({ key }) => ["HGET", key, VECTOR_FIELD] as const));
    for (const [at, facts] of some.entries()) {
      const reply = replies[at];
      // Another type or gone meanwhile: the next look says so.
      const bytes = isError(reply) ? null : toBufferOrNull(reply);
      if (bytes && bytes.length === facts.embeddingBytes) facts.verdict = verdictOf(bytes, index);
    }
  }
}

const FORM_CLAUSE: Partial<Record<VectorForm, string>> = {
  text: "Its embedding is numbers written as text",
  float64: "Its embedding has 64-bit numbers where 32-bit ones belong",
  nan: "Its embedding holds numbers that are not finite",
  "zero-norm": "All numbers of its embedding are zero",
  "big-endian": "The bytes of its embedding make sense only in the other order",
};

/** What is wrong with it, a sentence without its end; null where its length says all, or nothing is. */
export function verdictClause(verdict: VectorVerdict | null): string | null {
  if (verdict === null) return null;
  const clause = FORM_CLAUSE[verdict.form] ?? null;
  return clause === null && !verdict.findable ? "No distance to its embedding can be told" : clause;
}

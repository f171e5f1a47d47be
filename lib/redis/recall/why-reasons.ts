/** The reasons for which a search passes a memory over, each read off the memory, the index and the question. */
import { displayBytes, parseDisplayed } from "../../bytes";
import { inspectForm } from "../../embeddings/other-forms";
import { timestampUnit } from "../../timestamp-unit";
import { TYPE_OF_CLASS } from "../keys";
import { isMeasurable } from "../query-engine/distance";
import { memoryFields } from "../query-engine/index-info";
import type { VectorAttributes } from "../query-engine/index-types";
import { toNumber } from "./candidate";
import { nearMiss } from "./near-miss";
import type { Prepared } from "./prepare";
import type { SearchQuestion } from "./question";
import { type MemoryFacts, type MemoryName, oddNumbers, wantedBytes } from "./why-facts";
import type { UnfitForm, WhyReason } from "./why-types";

/** What no setting can change: the memory is not there, is not this person's, or is not in the index. */
export function leftOutBecause(facts: MemoryFacts, memory: MemoryName, prepared: Prepared): WhyReason[] {
  if (facts.type === "none") return [{ kind: "gone" }];
  if (facts.type !== TYPE_OF_CLASS.memories) return [{ kind: "wrong-type" }];
  if (facts.userIdField && !facts.userIdField.equals(memory.userId)) return [{ kind: "owner-mismatch" }];
  const { index } = prepared.choice;
  if (prepared.clauses === null || index === null || facts.held === null) return [];
  if (facts.held) return facts.userIdField ? [] : [{ kind: "no-owner-field" }];

  const prefixes = index.prefixes.map(parseDisplayed);
  const covered = prefixes.length === 0 || prefixes.some((prefix) => startsWith(facts.key, prefix));
  if (!covered) return [{ kind: "not-covered" }];
  const reasons: WhyReason[] = oddNumbers(facts, index).map((field) => ({ kind: "not-a-number", field }));
  const target = memoryFields(index).vector?.vector;
  const wanted = wantedBytes(index);
  if (target && wanted !== null && facts.vector && facts.vector.length !== wanted) {
    reasons.push(lengthReason(facts.vector, wanted, target.dimensions));
  }
  if (reasons.length > 0) return reasons;
  if (index.percentIndexed < 1) return [{ kind: "building", percentIndexed: index.percentIndexed }];
  if (index.filter !== null) return [{ kind: "index-filter", filter: index.filter }];
  return [{ kind: "not-indexed" }];
}

function lengthReason(
  vector: Buffer,
  wantedBytes: number,
  dimensions: number,
): Extract<WhyReason, { kind: "vector-length" }> {
  const form = inspectForm(vector, dimensions);
  const other = form === "text" || form === "float64" ? { form } : {};
  return { kind: "vector-length", bytes: vector.length, wantedBytes, dimensions, ...other };
}

function startsWith(key: Buffer, prefix: Buffer): boolean {
  return key.subarray(0, prefix.length).equals(prefix);
}

export function filterReasons(
  facts: MemoryFacts,
  memory: MemoryName,
  { minImportance, maxImportance, since, until, category }: SearchQuestion,
): Extract<WhyReason, { kind: "filtered-out" }>[] {
  const reasons: Extract<WhyReason, { kind: "filtered-out" }>[] = [];
  const judge = (
    clause: "importance" | "time",
    value: number | null,
    min: number | null,
    max: number | null,
  ) => {
    const passes = (min === null && max === null) || within(value, min, max);
    const unit = clause === "time" && value !== null ? timestampUnit(value) : "seconds";
    const odd = unit === "milliseconds" ? { milliseconds: true as const } : {};
    if (!passes) reasons.push({ kind: "filtered-out", clause, value, min, max, ...odd });
  };
  judge("importance", toNumber(facts.importance), minImportance, maxImportance);
  judge("time", toNumber(facts.timestamp), since, until);
  if (category !== null && !parseDisplayed(category).equals(memory.category)) {
    const value = displayBytes(memory.category);
    reasons.push({ kind: "filtered-out", clause: "category", value, min: null, max: null });
  }
  return reasons;
}

function within(value: number | null, min: number | null, max: number | null): boolean {
  return value !== null && (min === null || value >= min) && (max === null || value <= max);
}

/**
 * Why the words do not bring it.
 * @param content null where they do
 */
export function wordReasons({ asked, dropped, notices }: Prepared, content: string | null): WhyReason[] {
  if (asked.mode === "vector" || asked.query.trim() === "") return [];
  if (notices.some(({ kind }) => kind === "no-text-field")) return [{ kind: "no-text-field" }];
  if (asked.words.length === 0) return [{ kind: "only-stop-words", dropped }];
  if (content === null) return [];
  const near = nearMiss(content, asked.words);
  return [{ kind: "no-word-in-common", words: [...asked.words], ...(near ? { near } : {}) }];
}

const NOT_ASKED = [
  "no-vector-field",
  "dimension-mismatch",
  "model-not-configured",
  "not-understood",
  "embedding-failed",
  "data-type",
] as const;

/** Why its meaning does not bring it. */
export function meaningReasons(
  facts: MemoryFacts,
  { asked, notices, choice, model }: Prepared,
  distance: number | null,
  { maxDistance }: SearchQuestion,
): WhyReason[] {
  if (asked.mode === "text") return [];
  const reasons: WhyReason[] = [];
  const target = choice.index ? memoryFields(choice.index).vector?.vector : undefined;
  const because = NOT_ASKED.find((kind) => notices.some((notice) => notice.kind === kind));
  if (asked.vector === null && because) return [{ kind: "meaning-not-asked", because }];
  if (!facts.vector || facts.vector.length === 0) return [{ kind: "no-vector" }];
  if (asked.vector && facts.vector.length !== asked.vector.bytes.length) {
    const wanted = asked.vector.bytes.length;
    return [lengthReason(facts.vector, wanted, target?.dimensions || wanted / 4)];
  }
  if (asked.vector) {
    const unfit = unfitReason(facts.vector, target, asked.vector.source);
    if (unfit) reasons.push(unfit);
  }
  if (facts.model !== null && asked.vector?.source === "embedded" && facts.model !== model) {
    reasons.push({ kind: "other-model", model: facts.model, wanted: model });
  }
  if (facts.stale) reasons.push({ kind: "stale-vector" });
  if (distance !== null && maxDistance !== null && distance > maxDistance) {
    reasons.push({ kind: "beyond-distance", distance, maxDistance });
  }
  return reasons;
}

/** Right in length: is it a vector that can be compared? */
function unfitReason(
  vector: Buffer,
  target: VectorAttributes | undefined,
  source: "embedded" | "pasted",
): WhyReason | null {
  const dataType = target?.dataType ?? "FLOAT32";
  const found = dataType === "FLOAT32" ? inspectForm(vector, null) : "ok";
  const findable = isMeasurable(vector, dataType, target?.metric ?? "COSINE");
  const form: UnfitForm = isUnfit(found) ? found : "other";
  // Pasted bytes may stand in the other order too, as the tutorial's do: then the two can be compared.
  const comparable = findable && (source === "pasted" || form === "other" || form === "zero-norm");
  return comparable ? null : { kind: "vector-unfit", form, findable };
}

function isUnfit(form: ReturnType<typeof inspectForm>): form is Exclude<UnfitForm, "other"> {
  return form !== "ok" && form !== "missing" && form !== "wrong-length" && form !== "not-multiple-of-4";
}

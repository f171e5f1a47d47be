/** A batch of findings → healthy vectors in Redis, a few at a time. */
import { vectorArgs } from "../memory-vectors";
import type { Store } from "../store/store";
import type { Finding } from "./classify";
import type { Cure, Fault, Incurable } from "./faults";
import { type Mend, type Mended, mendVectors } from "./mend";
import { type Pace, paced } from "./pace";
import type { StoredMemory } from "./read-batch";
import type { DoctorTarget } from "./target";

export interface Healed {
  fault: Fault;
  cure: Cure | Incurable;
  outcome: Mended | "left";
}

interface Sick {
  memory: StoredMemory;
  finding: Finding;
}

/**
 * Texts that are embedded at once. The bundled model takes a whole processor while it works, maybe of the machine that
 * Redis runs on, so it works in small pieces with rests; an endpoint elsewhere does not need them.
 */
const EMBEDDED = { bundled: 8, openai: 32 };

/**
 * Vectors that need no model keep the fields beside them as they are: nobody knows more about them than before. An
 * embedded one brings its model, its length and its text's digest.
 * @throws what the embedding model throws; what was written by then stays written
 */
export async function heal(
  store: Store,
  target: DoctorTarget,
  sick: readonly Sick[],
  pace: Pace,
): Promise<Healed[]> {
  const healed: Healed[] = [];
  const direct = sick.filter(({ finding }) => finding.mended !== null);
  healed.push(
    ...(await write(store, target, direct, ({ finding }) => [target.field, finding.mended!], pace)),
  );
  const embedded = sick.filter(({ finding }) => finding.cure === "embed");
  const provider = target.embedder?.provider ?? "openai";
  for (let at = 0; at < embedded.length; at += EMBEDDED[provider]) {
    const some = embedded.slice(at, at + EMBEDDED[provider]);
    const embed = () => vectorsFor(target, some);
    const vectors = await (provider === "bundled" ? paced(pace, embed) : embed());
    healed.push(...(await write(store, target, some, (_, of) => vectors[of]!, pace)));
  }
  for (const { finding } of sick) {
    if (finding.cure === "no-text" || finding.cure === "no-model")
      healed.push({ ...finding, outcome: "left" });
  }
  return healed;
}

async function vectorsFor({ embedder, field }: DoctorTarget, sick: readonly Sick[]) {
  if (!embedder) throw new TypeError("a cure by embedding without a model");
  const vectors = await embedder.embed(
    sick.map(({ memory }) => memory.content!.toString("utf8")),
    "batch",
  );
  return sick.map(({ memory }, at) =>
    vectorArgs({ content: memory.content!, vector: vectors[at]!, embedder, field }),
  );
}

async function write(
  store: Store,
  { field }: DoctorTarget,
  sick: readonly Sick[],
  fieldsOf: (one: Sick, at: number) => Mend["fields"],
  pace: Pace,
): Promise<Healed[]> {
  const healed: Healed[] = [];
  for (let at = 0; at < sick.length; at += pace.wave) {
    const wave = sick.slice(at, at + pace.wave);
    const mends = wave.map((one, of) => ({ memory: one.memory, fields: fieldsOf(one, at + of) }));
    const outcomes = await paced(pace, () => mendVectors(store, field, mends));
    healed.push(
      ...wave.map(({ finding }, of) => ({
        fault: finding.fault,
        cure: finding.cure,
        outcome: outcomes[of]!,
      })),
    );
  }
  return healed;
}

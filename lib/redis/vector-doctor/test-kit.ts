/** A store with planted faults: what the doctor must find, exactly. */
import { toFloat32LE } from "../../embeddings/vector";
import { memoryKey } from "../keys";
import { companionsOf, contentDigest } from "../memory-vectors";
import type { Store } from "../store/store";
import type { Arg, Command } from "../store/wire";
import type { Fault } from "./faults";

export const MODEL = "universal-sentence-encoder-lite";
export const DIMENSIONS = 512;

/** Numbers from a seed, 0 to 1 (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Planted {
  key: Buffer;
  user: string;
  /** null: healthy */
  fault: Fault | null;
  /** Has it a text to embed? */
  hasText: boolean;
  command: Command;
}

const SHAPES: [fault: Fault, withText: boolean][] = [
  ["missing", true],
  ["missing", false],
  ["text", true],
  ["float64", true],
  ["wrong-length", true],
  ["wrong-length", false],
  ["byte-order", true],
  ["not-finite", true],
  ["zero-norm", true],
  ["other-model", true],
  ["stale", true],
];

/** @param share of the memories that have a fault */
export function plant(count: number, { seed = 1, share = 0.1, dimensions = DIMENSIONS } = {}): Planted[] {
  const random = randomOf(seed);
  const { model, digest, dimensions: length } = companionsOf();
  return Array.from({ length: count }, (_, at) => {
    const user = `person-${Math.floor(random() * 40)}`;
    const key = memoryKey(Buffer.from(user), Buffer.from("pref"), Buffer.from(String(at).padStart(5, "0")));
    const content = `remembers ${Math.floor(random() * 1e9).toString(36)} and number ${at}`;
    const [fault, hasText] =
      random() < share ? SHAPES[Math.floor(random() * SHAPES.length)]! : ([null, true] as const);
    const vector = Float32Array.from({ length: dimensions }, () => random() * 2 - 1);
    const noted = random() < 0.5;
    const beside: Arg[] = noted ? [model, MODEL, length, dimensions, digest, contentDigest(content)] : [];
    const stored = storedAs(fault, vector, random);
    const fields: Arg[] = [
      ...["user_id", user, "importance", 1 + Math.floor(random() * 10), "timestamp", 1_717_935_000 + at],
      ...(hasText ? ["content", content] : []),
      ...(stored === null ? [] : ["embedding", stored, ...(hasText ? beside : [])]),
      ...(fault === "other-model" ? [model, "another-model"] : []),
      ...(fault === "stale" ? [digest, contentDigest("what it said before")] : []),
      // Fields of others, and bytes, are none of the doctor's business.
      ...(random() < 0.1 ? ["note", Buffer.from([0, 255, 13, 10])] : []),
    ];
    return { key, user, fault, hasText, command: ["HSET", key, ...fields] };
  });
}

function storedAs(fault: Fault | null, vector: Float32Array, random: () => number): Buffer | null {
  const bytes = toFloat32LE(vector);
  switch (fault) {
    case "missing":
      return random() < 0.5 ? null : Buffer.alloc(0);
    case "text":
      return Buffer.from(random() < 0.5 ? JSON.stringify([...vector]) : [...vector].join(","));
    case "float64":
      return Buffer.from(Float64Array.from(vector, (part) => (random() < 0.5 ? part : part + 1e-10)).buffer);
    case "wrong-length":
      return random() < 0.5 ? bytes.subarray(0, bytes.length - 4) : Buffer.concat([bytes, bytes]);
    case "byte-order":
      return Buffer.from(bytes).swap32();
    case "not-finite":
      bytes.writeFloatLE(
        random() < 0.5 ? Number.NaN : Number.POSITIVE_INFINITY,
        4 * Math.floor(random() * vector.length),
      );
      return bytes;
    case "zero-norm":
      return Buffer.alloc(bytes.length);
    default:
      return bytes;
  }
}

export async function write(store: Store, commands: readonly Command[]): Promise<void> {
  for (let at = 0; at < commands.length; at += 250) {
    const replies = await store.pipeline(commands.slice(at, at + 250), 30_000);
    const refused = replies.find((reply) => reply instanceof Error);
    if (refused) throw refused;
  }
}

export async function createIndex(
  store: Store,
  { name = "idx:preferences", dimensions = DIMENSIONS, field = "embedding" } = {},
): Promise<void> {
  await store.command(
    ...([
      "FT.CREATE",
      name,
      "ON",
      "HASH",
      "PREFIX",
      1,
      "user:",
      "SCHEMA",
      "user_id",
      "TAG",
      "content",
    ] as const),
    ...(["TEXT", "importance", "NUMERIC", "timestamp", "NUMERIC", field, "VECTOR", "HNSW", 6] as const),
    ...(["TYPE", "FLOAT32", "DIM", dimensions, "DISTANCE_METRIC", "COSINE"] as const),
  );
}

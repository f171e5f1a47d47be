/** What the memories' tests share: an embedder with known vectors, the tutorial's index and memories. */
import type { Embedder } from "../../embeddings/types";
import { toFloat32LE } from "../../embeddings/vector";
import { toArray, toBuffers, toInt } from "../store/reply";
import type { Store } from "../store/store";
import type { Arg, Command } from "../store/wire";
import { readMemory } from "./read-memory";

/** Counts what it is asked; the vector tells the text's length. */
export function countingEmbedder(dimensions = 8): Embedder & { texts: string[] } {
  const texts: string[] = [];
  return {
    provider: "bundled",
    model: `counting-${dimensions}`,
    dimensions,
    texts,
    embed: async (asked) => {
      texts.push(...asked);
      return asked.map((text) => new Float32Array(dimensions).fill(text.length / 100 + 0.5));
    },
  };
}

export const VECTOR_8 = toFloat32LE(Float32Array.from([2, 2.5, 1, 3, 3.5, 0.75, 4, 0.5]));

/** The tutorial's FT.CREATE, word for word. */
export const CREATE_INDEX: Command = [
  ..."FT.CREATE idx:preferences ON HASH PREFIX 1 user: SCHEMA user_id TAG content TEXT".split(" "),
  ..."importance NUMERIC timestamp NUMERIC embedding VECTOR HNSW 6 TYPE FLOAT32 DIM 8".split(" "),
  ..."DISTANCE_METRIC COSINE".split(" "),
] as unknown as Command;

export const NOW_S = 1_717_935_000;

export function memory(user: string, name: string, fields: Record<string, Arg | null> = {}): Command {
  const all: Record<string, Arg | null> = {
    user_id: user,
    content: `fact ${name}`,
    importance: 5,
    timestamp: NOW_S,
    embedding: VECTOR_8,
    ...fields,
  };
  const flat = Object.entries(all).flatMap(([field, value]) => (value === null ? [] : [field, value]));
  return ["HSET", `user:${user}:${name}`, ...flat];
}

/** Waits until the index holds so many documents: it is filled beside the writes. */
export async function indexed(store: Store, documents: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const info = (await store.command("FT.INFO", "idx:preferences")) as unknown[];
    const at = info.findIndex((entry) => String(entry) === "num_docs");
    const share = info.findIndex((entry) => String(entry) === "percent_indexed");
    if (Number(String(info[at + 1])) === documents && Number(String(info[share + 1])) === 1) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`the index does not come to ${documents} documents`);
}

/** Fields with their ends, and the key's, by name: all that there is of a hash. */
export async function wholeHash(store: Store, of: string) {
  const pairs = toBuffers(await store.command("HGETALL", of)).map((value) => value.toString("latin1"));
  const names = pairs.filter((_, at) => at % 2 === 0);
  const ends = toArray(
    names.length > 0
      ? await store.command(
          "HPEXPIRETIME",
          of,
          "FIELDS",
          names.length,
          ...names.map((n) => Buffer.from(n, "latin1")),
        )
      : [],
  );
  const fields = names.map((name, at) => [name, pairs[at * 2 + 1], toInt(ends[at])] as const);
  return {
    fields: fields.sort(([a], [b]) => (a < b ? -1 : 1)),
    ends: toInt(await store.command("PEXPIRETIME", of)),
  };
}

/** The memory that most tests are about, Alice's first: its name in each of its forms, and what is done with it. */
export function oneMemory(store: () => Store) {
  const userId = Buffer.from("alice");
  const nameOf = (category: string, number = "001") => ({
    category: Buffer.from(category),
    number: Buffer.from(number),
  });
  const one = { userId, memory: nameOf("pref") };
  const key = "user:alice:pref:001";
  return {
    ...{ userId, nameOf, one, key },
    read: (name = one.memory) => readMemory(store(), store(), { userId, memory: name }),
    write: (fields: Parameters<typeof memory>[2] = {}) =>
      store().command(...memory("alice", "pref:001", fields)),
    whole: (of = key) => wholeHash(store(), of),
  };
}

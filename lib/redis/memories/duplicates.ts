/** Memories of one person that say nearly the same, as groups to be merged. */
import { createHash } from "node:crypto";
import { vectorTells } from "../../embeddings/embedder";
import { fromFloat32LE, inspectVector } from "../../embeddings/vector";
import { VECTOR_FIELD } from "../memory-vectors";
import { isError, toArray, toBufferOrNull } from "../store/reply";
import type { Store } from "../store/store";
import { summarize } from "./list-memories";
import { openBook } from "./memory-book";
import { type Judged, judgeAll, readContents } from "./memory-filter";
import { alike, type Comparable, type Likeness, normed, plainText } from "./similarity";
import type { DuplicateGroup, Duplicates } from "./types";
import { readUsedIndex } from "./used-index";
import { VERSIONED_FIELDS, versionOf } from "./version";

/** Vectors of so many memories are compared, each with each: about a second of 512 numbers each. Texts of all. */
export const MAX_COMPARED = 2_000;
const TEXT_BYTES = 64 * 1024;
const BATCH = 500;
/** What one look shows; the rest comes when these are merged. */
const MAX_GROUPS = 30;
const MAX_SHOWN = 10;

/**
 * The most important of a group comes first, and of equals the newest.
 * @param threshold cosine, 0 to 1, from which two vectors of the same model are taken for the same
 */
export async function findDuplicates(
  store: Store,
  consoleStore: Store,
  { userId, threshold }: { userId: Buffer; threshold: number },
): Promise<Duplicates> {
  const [book, index] = await Promise.all([openBook(store, userId), readUsedIndex(store, consoleStore)]);
  const { all } = await judgeAll(book, index);
  const sorted = [...all].sort(byWorth);
  const compared = sorted.filter(({ facts }) => facts.embeddingBytes > 0);
  const vectors = new Set(compared.slice(0, MAX_COMPARED));
  const comparable: (Comparable & { untold: boolean })[] = [];
  for (let at = 0; at < sorted.length; at += BATCH) {
    comparable.push(...(await readComparable(store, sorted.slice(at, at + BATCH), vectors)));
  }
  const groups = await alike(comparable, threshold);
  const shown = groups.sort((a, b) => b.members.length - a.members.length).slice(0, MAX_GROUPS);
  return {
    groups: await Promise.all(shown.map((group) => describe(store, sorted, group))),
    groupCount: groups.length,
    surplus: groups.reduce((sum, { members }) => sum + members.length - 1, 0),
    total: all.length,
    vectorsCompared: vectors.size,
    vectorsUntold: comparable.filter(({ untold }) => untold).length,
    vectorsLeftOut: compared.length - vectors.size,
    threshold,
  };
}

function byWorth({ facts: a }: Judged, { facts: b }: Judged): number {
  const importance = (b.importance.value ?? 0) - (a.importance.value ?? 0);
  return importance || (b.timestamp.ms ?? 0) - (a.timestamp.ms ?? 0) || (a.name < b.name ? -1 : 1);
}

async function readComparable(
  store: Store,
  batch: readonly Judged[],
  vectors: ReadonlySet<Judged>,
): Promise<(Comparable & { untold: boolean })[]> {
  const texts = batch.filter(({ facts }) => facts.contentBytes > 0 && facts.contentBytes <= TEXT_BYTES);
  const asked = batch.filter((memory) => vectors.has(memory));
  const [contents, replies] = await Promise.all([
    readContents(store, texts),
    store.pipeline(asked.map(({ facts }) => ["HGET", facts.key, VECTOR_FIELD] as const)),
  ]);
  const textOf = new Map(texts.map((memory, at) => [memory, contents[at] ?? null]));
  const vectorOf = new Map(
    asked.map((memory, at) => {
      const reply = replies[at];
      return [memory, isError(reply) ? null : toBufferOrNull(reply)];
    }),
  );
  return batch.map((memory) => {
    const text = textOf.get(memory) ?? null;
    const bytes = vectorOf.get(memory) ?? null;
    const { embeddingBytes, model } = memory.facts;
    const sound = bytes !== null && inspectVector(bytes, null) === "ok";
    // Two texts of a script that the model does not know have nearly one vector: merged, one of them would be lost.
    const untold = sound && text !== null && !vectorTells(text.toString("utf8"), model, bytes.length / 4);
    return {
      text: digestOf(text),
      vector: sound && !untold ? normed(fromFloat32LE(bytes)) : null,
      kind: `${embeddingBytes} ${model ?? ""}`,
      untold,
    };
  });
}

/** null for what says nothing: such texts are not alike, they are none. */
function digestOf(text: Buffer | null): string | null {
  const plain = text === null ? "" : plainText(text.toString("utf8"));
  return plain === "" ? null : createHash("sha256").update(plain).digest("base64");
}

async function describe(
  store: Store,
  sorted: readonly Judged[],
  { members, least }: Likeness,
): Promise<DuplicateGroup> {
  const shown = members.slice(0, MAX_SHOWN).map((at) => sorted[at]!);
  const [summaries, replies] = await Promise.all([
    summarize(store, shown),
    store.pipeline(shown.map(({ facts }) => ["HMGET", facts.key, ...VERSIONED_FIELDS] as const)),
  ]);
  return {
    memories: summaries.map((memory, at) => {
      const reply = replies[at];
      const values = isError(reply) ? [] : toArray(reply).map((value) => toBufferOrNull(value));
      return { ...memory, version: values.length > 0 ? versionOf(values) : null };
    }),
    count: members.length,
    leastSimilarity: least,
  };
}

/** Editing a memory: only what changed, and only if nobody changed it meanwhile. */
import { displayBytes, isUtf8 } from "../../bytes";
import { embedderOf as configuredOf } from "../../embeddings/embedder";
import type { Embedder } from "../../embeddings/types";
import { SafeError } from "../../errors";
import { VECTOR_FIELD, vectorArgs, vectorFieldNames } from "../memory-vectors";
import { toArray, toBufferOrNull, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Arg } from "../store/wire";
import { requireFit } from "./embedding-terms";
import type { MemoryChange } from "./history-schema";
import { keyOf, type MemoryName } from "./memory-ref";
import { otherVectors } from "./other-vectors";
import { notTheirs } from "./ownership";
import { contentProblem } from "./rules";
import type { UpdatedMemory } from "./types";
import { VERSIONED_FIELDS, versionOf } from "./version";
import { CHANGED, type Written, writeFields } from "./write-fields";

export interface MemoryEdit {
  userId: Buffer;
  memory: MemoryName;
  /** From the read that the edit is based on. */
  version: string;
  content?: string;
  importance?: number;
  embeddingPolicy: "embed" | "drop";
  /** Embed again although the text is the same. */
  embedAgain: boolean;
}

export interface Edited {
  result: UpdatedMemory;
  /** What the history says of it. */
  changes: MemoryChange[];
  /** null when nothing was different, and so nothing was written. */
  written: Written | null;
}

/** {@link editMemory} without what its history is written from. */
export async function updateMemory(...args: Parameters<typeof editMemory>): Promise<UpdatedMemory> {
  return (await editMemory(...args)).result;
}

/**
 * A changed text takes its new vectors with it, in the same HSET: a vector of an old text would be found for what the
 * memory does not say any more. With `drop` the old vectors go and no new one comes. Other fields, the timestamp and
 * the key's life stay as they are.
 * @param embedderOf who made the vectors in other fields, by the model's name
 * @throws SafeError `conflict` (version), `not_found`, `dimension_mismatch`, `embedding_failed`
 */
export async function editMemory(
  store: Store,
  consoleStore: Store,
  embedder: Embedder,
  edit: MemoryEdit,
  embedderOf: (model: string) => Embedder | null = configuredOf,
): Promise<Edited> {
  const { userId, memory, version, content, importance, embeddingPolicy, embedAgain } = edit;
  const key = keyOf(userId, memory);
  const current = await readCurrent(store, key, edit);
  const newText = content !== undefined && !current.content?.equals(Buffer.from(content));
  const newImportance =
    importance !== undefined && current.importance?.toString("latin1") !== String(importance);
  const embeds = embeddingPolicy === "embed" && (newText || embedAgain);
  const drops = embeddingPolicy === "drop" && newText;

  const fields: Arg[] = [];
  const taken: Arg[] = [];
  const changed: UpdatedMemory["changed"] = [];
  const others = { remade: 0, taken: 0 };
  if (newText) {
    fields.push("content", content);
    changed.push("content");
  }
  if (newImportance) {
    fields.push("importance", importance);
    changed.push("importance");
  }
  if (embeds) {
    await requireFit(store, consoleStore, embedder);
    const text = newText ? content : embeddableText(current.content);
    const [vector] = await embedder.embed([text]);
    fields.push(...vectorArgs({ content: text, vector: vector!, embedder }));
  }
  if (newText) {
    const other = await otherVectors(store, key, content, embeds ? embedderOf : () => null);
    fields.push(...other.fields);
    taken.push(...other.taken);
    Object.assign(others, { remade: other.remade, taken: other.taken.length / vectorFieldNames().length });
  }
  if (drops) taken.push(...vectorFieldNames(VECTOR_FIELD));
  if (embeds || drops) changed.push("embedding");
  const result = { changed, embedded: embeds, otherVectors: others };
  if (changed.length === 0) return { result, changes: [], written: null };
  const written = await writeFields(store, { userId, memory, version, fields, taken });
  const changes: MemoryChange[] = [
    ...(newText ? [{ what: "content" as const, before: shown(current.content), after: content }] : []),
    ...(newImportance
      ? [{ what: "importance" as const, before: shown(current.importance), after: String(importance) }]
      : []),
    ...(embeds || drops
      ? [{ what: "embedding" as const, before: null, after: embeds ? embedder.model : null }]
      : []),
  ];
  return { result, changes, written };
}

function shown(value: Buffer | null): string | null {
  if (value === null) return null;
  return isUtf8(value) ? value.toString("utf8") : displayBytes(value);
}

/** What is there now; a first look at the version saves embedding what would be refused. */
async function readCurrent(store: Store, key: Buffer, edit: Pick<MemoryEdit, "userId" | "version">) {
  const kind = toText(await store.command("TYPE", key));
  if (kind !== "hash") throw notTheirs(kind === "none" ? "gone" : "type");
  const reply = toArray(await store.command("HMGET", key, "user_id", ...VERSIONED_FIELDS));
  const [userId, ...values] = reply.map((value) => toBufferOrNull(value));
  if (userId && !userId.equals(edit.userId)) throw notTheirs("owner");
  if (versionOf(values) !== edit.version) throw CHANGED;
  return { content: values[0] ?? null, importance: values[1] ?? null };
}

function embeddableText(content: Buffer | null): string {
  const text = content && isUtf8(content) ? content.toString("utf8") : null;
  const problem = text === null ? "is no text" : contentProblem(text);
  if (text !== null && problem === null) return text;
  throw new SafeError("invalid_input", `content: ${problem}`, {
    field: "content",
    hint: "Write a text that can be embedded.",
  });
}

/** Editing a memory: only what changed, and only if nobody changed it meanwhile. */
import { isUtf8 } from "../../bytes";
import type { Embedder } from "../../embeddings/embedder";
import { toFloat32LE } from "../../embeddings/vector";
import { SafeError } from "../../errors";
import { toArray, toBufferOrNull, toText } from "../reply";
import type { Arg, Store } from "../store";
import { requireFit } from "./embedding-terms";
import { keyOf, type MemoryName } from "./memory-ref";
import { notTheirs } from "./ownership";
import { contentProblem, DIMENSIONS_FIELD, MODEL_FIELD } from "./rules";
import type { UpdatedMemory } from "./types";
import { OWNED_LUA, VERSION_LUA, VERSIONED_FIELDS, versionOf } from "./version";

/**
 * ARGV: user, version, '1' to take the embedding away, then fields and values. HSET keeps the key's life and
 * clears that of the fields it writes (measured), so a field's own end is set again.
 */
const UPDATE = `
${VERSION_LUA}
${OWNED_LUA}
local key = KEYS[1]
local state = owned(key, ARGV[1])
if state ~= 'ok' then return state end
if version(key) ~= ARGV[2] then return 'changed' end
local names = {}
local pairs = {}
for i = 4, #ARGV, 2 do
  names[#names + 1] = ARGV[i]
  pairs[#pairs + 1] = ARGV[i]
  pairs[#pairs + 1] = ARGV[i + 1]
end
if #names > 0 then
  local ends = redis.pcall('HPEXPIRETIME', key, 'FIELDS', #names, unpack(names))
  redis.call('HSET', key, unpack(pairs))
  if not ends.err then
    for i = 1, #names do
      if ends[i] > 0 then redis.call('HPEXPIREAT', key, ends[i], 'FIELDS', 1, names[i]) end
    end
  end
end
if ARGV[3] == '1' then redis.call('HDEL', key, 'embedding', '${MODEL_FIELD}', '${DIMENSIONS_FIELD}') end
return 'ok'`;

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

const CHANGED = new SafeError("conflict", "Somebody changed this memory since you opened it.", {
  hint: "Nothing was written. Open it again and look at what is there now.",
});

/**
 * A changed text takes a new vector with it, in the same HSET: a vector of an old text would be found for what
 * the memory does not say any more. With `drop` the old vector goes and no new one comes. Other fields, the
 * timestamp and the key's life stay as they are.
 * @throws SafeError `conflict` (version), `not_found`, `dimension_mismatch`, `embedding_failed`
 */
export async function updateMemory(
  store: Store,
  consoleStore: Store,
  embedder: Embedder,
  edit: MemoryEdit,
): Promise<UpdatedMemory> {
  const key = keyOf(edit.userId, edit.memory);
  const current = await readCurrent(store, key, edit);
  const newText = edit.content !== undefined && !current.content?.equals(Buffer.from(edit.content));
  const newImportance =
    edit.importance !== undefined && current.importance?.toString("latin1") !== String(edit.importance);
  const embeds = edit.embeddingPolicy === "embed" && (newText || edit.embedAgain);
  const drops = edit.embeddingPolicy === "drop" && newText;

  const fields: Arg[] = [];
  const changed: UpdatedMemory["changed"] = [];
  if (newText) {
    fields.push("content", edit.content!);
    changed.push("content");
  }
  if (newImportance) {
    fields.push("importance", edit.importance!);
    changed.push("importance");
  }
  if (embeds) {
    await requireFit(store, consoleStore, embedder);
    const [vector] = await embedder.embed([newText ? edit.content! : embeddableText(current.content)]);
    fields.push("embedding", toFloat32LE(vector!), MODEL_FIELD, embedder.model);
    fields.push(DIMENSIONS_FIELD, embedder.dimensions);
  }
  if (embeds || drops) changed.push("embedding");
  if (changed.length === 0) return { changed, embedded: false };

  const state = toText(
    await store.command("EVAL", UPDATE, 1, key, edit.userId, edit.version, drops ? "1" : "0", ...fields),
  );
  if (state === "changed") throw CHANGED;
  if (state !== "ok") throw notTheirs(state);
  return { changed, embedded: embeds };
}

/** What is there now; a first look at the version saves embedding what would be refused. */
async function readCurrent(store: Store, key: Buffer, edit: MemoryEdit) {
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

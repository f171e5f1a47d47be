/** One memory: every field of its hash, and what its vector looks like. */
import { displayBytes, isUtf8 } from "../../bytes";
import { vectorTells } from "../../embeddings/embedder";
import { approximateSize } from "../keyspace/approximate-size";
import { isError, toArray, toBufferOrNull, toInt, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Reply } from "../store/wire";
import { cutChars, readContent } from "./fields";
import { indexDto, summaryOf } from "./list-memories";
import { readFacts } from "./memory-facts";
import { fieldNames } from "./memory-fields";
import { keyOf, type MemoryName } from "./memory-ref";
import { notTheirs } from "./ownership";
import { CONTENT_MAX_CHARS, FIELD_CHARS } from "./rules";
import type { MemoryDetail, MemoryField } from "./types";
import { indexedState, keysInUsedIndex, readUsedIndex } from "./used-index";
import { vectorStats } from "./vector-stats";
import { verdictOf } from "./vector-verdict";
import { VERSIONED_FIELDS, versionOf } from "./version";

/** A longer value is named with its length and not fetched: Redis cannot give a part of a hash field. */
const MAX_VALUE_BYTES = 4 * 1024 * 1024;
const MAX_TOTAL_BYTES = 12 * 1024 * 1024;
/** A whole answer stays small enough for a browser. */
const MAX_TEXT_CHARS = 2 * FIELD_CHARS;
const HEX_BYTES = 256;

/**
 * @throws SafeError `not_found` when it is gone, `conflict` when it is no hash or names another person
 */
export async function readMemory(
  store: Store,
  consoleStore: Store,
  { userId, memory }: { userId: Buffer; memory: MemoryName },
): Promise<MemoryDetail> {
  const key = keyOf(userId, memory);
  const [type, index] = await Promise.all([store.command("TYPE", key), readUsedIndex(store, consoleStore)]);
  const kind = toText(type);
  if (kind !== "hash") throw notTheirs(kind === "none" ? "gone" : "type");
  const [[facts], held, size] = await Promise.all([
    readFacts(store, [key]),
    keysInUsedIndex(store, index, [key]),
    store.pipeline([approximateSize(key)]),
  ]);
  if (!facts) throw notTheirs("gone");
  if (facts.userId && !facts.userId.equals(userId)) throw notTheirs("owner");

  const { values, fields, fieldCount } = await readFields(store, key);
  const content = values.get("content") ?? null;
  const embedding = values.get("embedding");
  if (embedding) facts.verdict = verdictOf(embedding, index);
  const whole = facts.contentBytes <= MAX_VALUE_BYTES;
  const text = content && isUtf8(content) ? content.toString("utf8") : null;
  return {
    ...summaryOf(facts, indexedState(facts, index, held)),
    ...readContent(content, FIELD_CHARS),
    ...(whole
      ? {}
      : { contentBytes: facts.contentBytes, contentProblem: "Its content is too long to be shown." }),
    sizeBytes: typeof size[0] === "number" ? size[0] : null,
    keyName: displayBytes(key),
    version: whole ? versionOf(VERSIONED_FIELDS.map((field) => values.get(field) ?? null)) : null,
    editableContent: editable(whole, content, text),
    fields,
    fieldCount,
    vector: embedding
      ? {
          ...vectorStats(embedding, facts.model, facts.declaredDimensions, index.dimensions),
          ...(text !== null && !vectorTells(text, facts.model, embedding.length / 4)
            ? { untold: true as const }
            : {}),
        }
      : null,
    index: indexDto(index),
    readAtMs: Date.now(),
  };
}

/** A memory without a text can be given one. */
function editable(whole: boolean, content: Buffer | null, text: string | null): string | null {
  if (!whole) return null;
  if (content === null) return "";
  return text !== null && text.length <= CONTENT_MAX_CHARS ? text : null;
}

interface Read {
  /** By the name's latin1, of those that were fetched. */
  values: Map<string, Buffer>;
  fields: MemoryField[];
  fieldCount: number;
}

async function readFields(store: Store, key: Buffer): Promise<Read> {
  const names = await fieldNames(store, key);
  const [count, lives, ...lengths] = await store.pipeline([
    ["HLEN", key],
    // Fields without a life of their own answer -1, fields that are not there -2.
    ["HPTTL", key, "FIELDS", names.length, ...names],
    ...names.map((name) => ["HSTRLEN", key, name] as const),
  ]);
  const bytes = lengths.map(toInt);
  let budget = MAX_TOTAL_BYTES;
  const wanted = names.filter((_, at) => {
    const fits = bytes[at]! <= MAX_VALUE_BYTES && bytes[at]! <= budget;
    if (fits) budget -= bytes[at]!;
    return fits;
  });
  const found = wanted.length > 0 ? toArray(await store.command("HMGET", key, ...wanted)) : [];
  const values = new Map<string, Buffer>();
  for (const [at, name] of wanted.entries()) {
    const value = toBufferOrNull(found[at]);
    if (value) values.set(name.toString("latin1"), value);
  }
  // Redis older than 7.4 has no field life.
  const ttls = isError(lives) ? [] : toArray(lives as Reply);
  let chars = MAX_TEXT_CHARS;
  const fields: MemoryField[] = [];
  for (const [at, name] of names.entries()) {
    const value = values.get(name.toString("latin1"));
    const tooLong = bytes[at]! > 0 && !wanted.includes(name);
    if (!value && !tooLong) continue;
    const ttl = ttls.length > at ? toInt(ttls[at]) : -1;
    const field = toField(name, value ?? null, bytes[at]!, Math.min(FIELD_CHARS, chars));
    chars -= field.text?.length ?? 0;
    fields.push({ ...field, ttlMs: ttl < 0 ? null : ttl });
  }
  return { values, fields, fieldCount: toInt(count) };
}

function toField(
  name: Buffer,
  value: Buffer | null,
  bytes: number,
  maxChars: number,
): Omit<MemoryField, "ttlMs"> {
  const base = { name: displayBytes(name.subarray(0, 1_024)), bytes };
  if (value === null) return { ...base, kind: "unread", cut: true };
  // A vector is bytes even where those happen to be UTF-8 (the tutorial's are not, one of zeros is).
  if (name.toString("latin1") !== "embedding" && isUtf8(value)) {
    const text = value.toString("utf8");
    const shown = cutChars(text, Math.max(0, maxChars));
    return { ...base, kind: "text", text: shown, cut: shown.length < text.length };
  }
  return {
    ...base,
    kind: "binary",
    hex: value.subarray(0, HEX_BYTES).toString("hex"),
    cut: value.length > HEX_BYTES,
  };
}

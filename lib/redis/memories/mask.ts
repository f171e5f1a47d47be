/** A person's memories for those who may not see what they say: how they are kept and found, and nothing of it. */
import { parseDisplayed } from "../../bytes";
import { MASK, type Masker, maskKeyName, maskName, maskText, roughBytes } from "../../masking";
import { openRef, sealRef } from "../../refs";
import { companionsOf } from "../memory-vectors";
import { cutChars } from "./fields";
import type {
  CreatedMemory,
  Importance,
  MemoryDetail,
  MemoryField,
  MemoryIndex,
  MemoryList,
  MemorySummary,
  MovedMemory,
  VectorStats,
} from "./types";

interface OfUser {
  ref: string;
}

/** The shape of a text is seen in its beginning. */
const MASKED_CHARS = 10_000;
/** A number outside of these years is no date, and may be somebody's telephone. */
const LIKELY_FROM_MS = Date.UTC(2000, 0, 1);
const LIKELY_UNTIL_MS = Date.UTC(2100, 0, 1);

export function maskMemoryList(list: MemoryList, masker: Masker, { ref }: OfUser): MemoryList {
  if (!masker.hides(ref)) return list;
  const owner = openRef("user", ref);
  return {
    items: list.items.map((memory) => maskSummary(memory, owner)),
    total: list.total,
    matching: list.matching,
    offset: list.offset,
    nextCursor: list.nextCursor,
    previousCursor: list.previousCursor,
    categories: list.categories.map(({ category, count }) => ({
      category: maskName(category, owner),
      count,
    })),
    notIndexed: list.notIndexed,
    vectorsUnread: list.vectorsUnread,
    withLife: list.withLife,
    disputed: list.disputed,
    complete: list.complete,
    unsearched: list.unsearched,
    index: maskIndex(list.index),
    readAtMs: list.readAtMs,
    scannedAtMs: list.scannedAtMs,
    masked: true,
  };
}

export function maskMemoryDetail(memory: MemoryDetail, masker: Masker, { ref }: OfUser): MemoryDetail {
  if (!masker.hides(ref)) return memory;
  const owner = openRef("user", ref);
  return {
    ...maskSummary(memory, owner),
    keyName: maskKeyName(parseDisplayed(memory.keyName), masker),
    // A digest over the content: whoever guesses the text could see that it is right.
    version: null,
    editableContent: null,
    fields: memory.fields.map((field) => maskField(field, memory, masker, owner)),
    fieldCount: memory.fieldCount,
    vector: memory.vector && maskVector(memory.vector),
    index: maskIndex(memory.index),
    readAtMs: memory.readAtMs,
  };
}

export function maskCreated(created: CreatedMemory, masker: Masker, { ref }: OfUser): CreatedMemory {
  if (!masker.hides(ref)) return created;
  const owner = openRef("user", ref);
  return {
    ref: created.ref,
    category: maskName(created.category, owner),
    number: maskName(created.number, owner),
    embedded: created.embedded,
  };
}

export function maskMoved(moved: MovedMemory, masker: Masker, { ref }: OfUser): MovedMemory {
  if (!masker.hides(ref)) return moved;
  const owner = openRef("user", ref);
  return { ref: moved.ref, category: maskName(moved.category, owner), number: maskName(moved.number, owner) };
}

export function maskSummary(memory: MemorySummary, owner: Buffer): MemorySummary {
  const { embedding } = memory;
  return {
    ref: memory.ref,
    category: maskName(memory.category, owner),
    number: maskName(memory.number, owner),
    content: maskText(cutChars(memory.content, MASKED_CHARS)),
    contentBytes: roughBytes(memory.contentBytes),
    contentCut: memory.contentCut || memory.content.length > MASKED_CHARS,
    contentIsText: memory.contentIsText,
    ...(memory.contentProblem ? { contentProblem: memory.contentProblem } : {}),
    importance: maskImportance(memory.importance),
    ...maskTimestamp(memory),
    notes: memory.notes,
    ttlMs: memory.ttlMs,
    sizeBytes: memory.sizeBytes === null ? null : roughBytes(memory.sizeBytes),
    embedding: {
      present: embedding.present,
      bytes: embedding.bytes,
      dimensions: embedding.dimensions,
      model: hidden(embedding.model),
      ...(embedding.problem ? { problem: embedding.problem } : {}),
    },
    indexed: memory.indexed,
    masked: true,
  };
}

function hidden(text: string | null): string | null {
  return text === null ? null : MASK;
}

/** One of the ten grades, or that it is none of them. */
function maskImportance({ value, raw, problem }: Importance): Importance {
  if (value !== null && problem === undefined) return { value, raw: String(value) };
  return { value: null, raw: hidden(raw), ...(problem ? { problem } : {}) };
}

type Time = Pick<MemorySummary, "timestampMs" | "timestampProblem">;

/** A date, to the second; of an odd value only what is odd about it. */
function maskTimestamp({ timestampMs, timestampProblem }: Time): Time {
  if (timestampMs !== null && (timestampMs < LIKELY_FROM_MS || timestampMs >= LIKELY_UNTIL_MS)) {
    return { timestampMs: null, timestampProblem: "Its timestamp is no likely time." };
  }
  const seconds = timestampMs === null ? null : Math.floor(timestampMs / 1_000) * 1_000;
  // Two of the sentences quote the value after a colon.
  const problem = timestampProblem?.replace(/^(Its timestamp is no [a-z ]+): .*$/s, "$1.");
  return { timestampMs: seconds, ...(problem ? { timestampProblem: problem } : {}) };
}

function maskIndex({ state, name, dimensions, dataType }: MemoryIndex): MemoryIndex {
  return { state, name, dimensions, dataType };
}

function maskField(field: MemoryField, memory: MemoryDetail, masker: Masker, owner: Buffer): MemoryField {
  return {
    name: maskName(field.name, owner),
    bytes: field.name === "embedding" ? field.bytes : roughBytes(field.bytes),
    kind: field.kind,
    ...(field.kind === "text" ? { text: maskValue(field, memory, masker) } : {}),
    cut: field.cut,
    ttlMs: field.ttlMs,
  };
}

function maskValue({ name, text = "", cut }: MemoryField, memory: MemoryDetail, masker: Masker): string {
  switch (name) {
    case "user_id":
      return text === "" || cut ? MASK : masker.label(sealRef("user", Buffer.from(text)));
    case "content":
      return maskText(cutChars(text, MASKED_CHARS));
    case "importance":
      return maskImportance(memory.importance).raw ?? MASK;
    case "timestamp": {
      const { timestampMs, timestampProblem } = maskTimestamp(memory);
      return timestampMs === null || timestampProblem ? MASK : String(timestampMs / 1_000);
    }
    case companionsOf().dimensions:
      return /^\d{1,6}$/.test(text) ? text : MASK;
    default:
      return MASK;
  }
}

/** What a vector is fit for. Its numbers tell what the text is about, whoever has the model. */
function maskVector(vector: VectorStats): VectorStats {
  return {
    bytes: vector.bytes,
    dimensions: vector.dimensions,
    model: hidden(vector.model),
    declaredDimensions: vector.declaredDimensions,
    norm: vector.norm === null ? null : Number(vector.norm.toPrecision(3)),
    min: null,
    max: null,
    notFinite: vector.notFinite,
    byteOrder: vector.byteOrder,
    values: [],
    swapped: null,
    ...(vector.problem ? { problem: vector.problem } : {}),
  };
}

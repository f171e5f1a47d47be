/** Of memories that say the same one stays, as important as the most important of them, and the others go. */
import { SafeError } from "../../errors";
import { isError, toArray, toBufferOrNull } from "../store/reply";
import type { Store } from "../store/store";
import { HELD_BYTES } from "../undo-record";
import { readImportance } from "./fields";
import type { Edit } from "./history";
import { type MemoryImage, takeAway } from "./memory-image";
import { keyOf, type MemoryName, sealMemory } from "./memory-ref";
import { IMPORTANCE_MAX, IMPORTANCE_MIN } from "./rules";
import type { MergedMemories } from "./types";
import type { Held } from "./undo";
import { VERSIONED_FIELDS, versionOf } from "./version";
import { CHANGED, writeFields } from "./write-fields";

export interface SeenMemory {
  memory: MemoryName;
  /** As it was previewed: one that is another by now stays. */
  version: string;
}

export interface Merge {
  userId: Buffer;
  keep: SeenMemory;
  drop: readonly SeenMemory[];
}

export interface Merged {
  result: MergedMemories;
  held: Held | null;
  edit: Edit;
  gone: MemoryName[];
}

/**
 * Importance first, then the deletions: broken off in between, nothing is lost. Each is conditional on what was
 * previewed.
 * @throws SafeError `conflict` when the one that stays, or all of the others, were changed meanwhile; `invalid_input`
 */
export async function mergeMemories(store: Store, { userId, keep, drop }: Merge): Promise<Merged> {
  const names = new Set([keep, ...drop].map(({ memory }) => sealMemory(memory)));
  if (drop.length === 0 || names.size !== drop.length + 1) {
    throw new SafeError("invalid_input", "drop: must be other memories than the one that stays", {
      field: "drop",
    });
  }
  const [kept, ...others] = await readNow(store, userId, [keep, ...drop]);
  if (kept === undefined || !kept.same) throw CHANGED;
  const going = drop.filter((_, at) => others[at]?.same);
  if (going.length === 0) throw CHANGED;
  const greatest = Math.max(
    ...[kept, ...others.filter(({ same }) => same)].map(({ importance }) => importance),
  );
  const raised = greatest > kept.importance;
  const written = raised
    ? await writeFields(store, { userId, ...keep, fields: ["importance", greatest] })
    : { version: keep.version, ttlMs: null };
  const { images, gone } = await takeAll(store, userId, going);
  const held: Held | null =
    images === null || gone.length === 0
      ? null
      : {
          kind: "deleted",
          memories: images,
          kept: raised
            ? {
                memory: sealMemory(keep.memory),
                version: written.version,
                importance: kept.raw?.toString("base64") ?? null,
              }
            : null,
        };
  return {
    result: { merged: gone.length, left: drop.length - gone.length, importance: raised ? greatest : null },
    held,
    edit: {
      memory: keep.memory,
      version: written.version,
      ttlMs: written.ttlMs,
      changes: raised
        ? [{ what: "importance", before: kept.raw?.toString("latin1") ?? null, after: String(greatest) }]
        : [],
    },
    gone,
  };
}

interface Now {
  same: boolean;
  raw: Buffer | null;
  /** 0 where it has none that counts. */
  importance: number;
}

async function readNow(store: Store, userId: Buffer, seen: readonly SeenMemory[]): Promise<Now[]> {
  const replies = await store.pipeline(
    seen.map(({ memory }) => ["HMGET", keyOf(userId, memory), ...VERSIONED_FIELDS] as const),
  );
  return replies.map((reply, at) => {
    const values = isError(reply) ? [] : toArray(reply).map((value) => toBufferOrNull(value));
    const raw = values[VERSIONED_FIELDS.indexOf("importance")] ?? null;
    const { value } = readImportance(raw);
    const counts =
      value !== null && Number.isInteger(value) && value >= IMPORTANCE_MIN && value <= IMPORTANCE_MAX;
    return {
      same: values.length > 0 && versionOf(values) === seen[at]!.version,
      raw,
      importance: counts ? value : 0,
    };
  });
}

/** @returns images null when they are too many bytes to be held */
async function takeAll(store: Store, userId: Buffer, going: readonly SeenMemory[]) {
  const images: MemoryImage[] = [];
  const gone: MemoryName[] = [];
  let whole = true;
  for (const { memory, version } of going) {
    try {
      const image = await takeAway(store, { userId, memory, version });
      gone.push(memory);
      if (image) images.push(image);
      else whole = false;
    } catch (error) {
      // Changed or gone in this very moment: it stays what it is.
      if (!(error instanceof SafeError && (error.code === "conflict" || error.code === "not_found")))
        throw error;
    }
  }
  whole &&= JSON.stringify(images).length <= HELD_BYTES;
  return { images: whole ? images : null, gone };
}

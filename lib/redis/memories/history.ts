/**
 * What operators did to a memory, for its drawer. The audit log says for good who did what and to how many, and never
 * a text; this says what a text was before, so it is kept as the memory itself is:
 *
 *   console:memories:history:{subject}   hash   {keyed hash of category and number} → one sealed entry a line, newest first
 *
 * At most fifty entries of a memory, until nobody has edited it here for 90 days, and not for longer than the memory
 * itself: a deleted one takes its history along (after the seconds in which that can be undone), and so does the
 * erasure of the person.
 */
import { seal, unseal } from "../../sealed";
import { subjectOf } from "../../subjects";
import { consoleKeys } from "../console-keys";
import { toBufferOrNull } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import { cutChars } from "./fields";
import type { HistoryDeed, HistoryEntry, MemoryChange } from "./history-schema";
import type { MemoryName } from "./memory-ref";
import { CONTENT_MAX_CHARS } from "./rules";

export const KEEP_ENTRIES = 50;
const KEEP_MS = 90 * 86_400_000;
/** Of one memory; the oldest entries give way. Two long texts an entry make 20 kB. */
const KEEP_BYTES = 256 * 1024;
/** Memories of one person of which a history is kept. */
const KEEP_MEMORIES = 20_000;
/** As long as a deletion can be undone, and a moment. */
const FADE_MS = 20_000;

/**
 * KEYS[1] · ARGV entries, bytes and memories that are kept, then field, line and life in ms for each memory. HSET clears
 * a field's life, which is set anew.
 */
const APPEND = `
local key, entries, bytes = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2])
for at = 4, #ARGV, 3 do
  local field, line = ARGV[at], ARGV[at + 1]
  local before = redis.call('HGET', key, field)
  if before or redis.call('HLEN', key) < tonumber(ARGV[3]) then
    local lines, size = {line}, #line
    for old in string.gmatch(before or '', '[^\\n]+') do
      size = size + #old + 1
      if #lines < entries and size <= bytes then lines[#lines + 1] = old end
    end
    redis.call('HSET', key, field, table.concat(lines, '\\n'))
    redis.call('HPEXPIRE', key, ARGV[at + 2], 'FIELDS', 1, field)
  end
end
return 1`;

/** KEYS[1] · ARGV from, to: what was kept of one name goes on under another, with its life. */
const MOVE = `
local value = redis.call('HGET', KEYS[1], ARGV[1])
if not value then return 0 end
local life = redis.call('HPTTL', KEYS[1], 'FIELDS', 1, ARGV[1])[1]
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[1], ARGV[2], value)
if life > 0 then redis.call('HPEXPIRE', KEYS[1], life, 'FIELDS', 1, ARGV[2]) end
return 1`;

export interface Edit {
  memory: MemoryName;
  /** Where it is now, when it has another name. */
  to?: MemoryName;
  changes: MemoryChange[];
  /** The version that the edit left, when it is known: another one later is somebody else's work. */
  version?: string | null;
  /** What the memory still lives; its history does not outlive it. */
  ttlMs?: number | null;
}

export interface Editor {
  id: string;
  name: string;
}

type Line = HistoryEntry & { version: string | null };

/** What is not different is no entry. @throws what Redis answers: callers decide whether that matters */
export async function appendHistory(
  consoleStore: Store,
  userId: Buffer,
  by: Editor,
  deed: HistoryDeed,
  edits: readonly Edit[],
): Promise<void> {
  const key = consoleKeys.memoryHistory(subjectOf(userId));
  const place = placeOf(userId);
  const args = edits
    .filter(({ changes }) => changes.length > 0)
    .flatMap(({ memory, changes, version = null, ttlMs = null }) => {
      const kept = changes.map((change) => ({
        ...change,
        before: cut(change.before),
        after: cut(change.after),
      }));
      const line: Line = { atMs: Date.now(), by: by.name, byId: by.id, deed, changes: kept, version };
      const field = fieldOf(userId, memory);
      const lifeMs = Math.max(1, Math.min(KEEP_MS, ttlMs ?? KEEP_MS));
      return [field, seal(place, JSON.stringify(line)), lifeMs];
    });
  if (args.length === 0) return;
  await consoleStore.command("EVAL", APPEND, 1, key, KEEP_ENTRIES, KEEP_BYTES, KEEP_MEMORIES, ...args);
}

/** Newest first. @param version the memory's now, to tell whether somebody else changed it since */
export async function readHistory(
  consoleStore: Store,
  { userId, memory, version }: { userId: Buffer; memory: MemoryName; version: string | null },
): Promise<{ entries: HistoryEntry[]; changedElsewhere: boolean }> {
  const field = fieldOf(userId, memory);
  const key = consoleKeys.memoryHistory(subjectOf(userId));
  const kept = toBufferOrNull(await consoleStore.command("HGET", key, field));
  const lines = (kept?.toString("latin1") ?? "").split("\n").flatMap((line): Line[] => {
    const text = line === "" ? null : unseal(placeOf(userId), line);
    return text === null ? [] : [JSON.parse(text) as Line];
  });
  const last = lines.find((line) => line.version !== null)?.version ?? null;
  return {
    entries: lines.map(({ atMs, by, byId, deed, changes }) => ({ atMs, by, byId, deed, changes })),
    changedElsewhere: last !== null && version !== null && last !== version,
  };
}

/** The memory has another name now. */
export async function moveHistory(
  consoleStore: Store,
  userId: Buffer,
  from: MemoryName,
  to: MemoryName,
): Promise<void> {
  const key = consoleKeys.memoryHistory(subjectOf(userId));
  await consoleStore.command("EVAL", MOVE, 1, key, fieldOf(userId, from), fieldOf(userId, to));
}

/** The memories were deleted: their history goes once that cannot be undone any more. */
export async function fadeHistory(
  consoleStore: Store,
  userId: Buffer,
  memories: readonly MemoryName[],
): Promise<void> {
  await eachField(consoleStore, userId, memories, FADE_MS);
}

/** A deletion was undone. */
export async function keepHistory(
  consoleStore: Store,
  userId: Buffer,
  memories: readonly MemoryName[],
): Promise<void> {
  await eachField(consoleStore, userId, memories, KEEP_MS);
}

async function eachField(
  consoleStore: Store,
  userId: Buffer,
  memories: readonly MemoryName[],
  lifeMs: number,
): Promise<void> {
  const key = consoleKeys.memoryHistory(subjectOf(userId));
  const fields = memories.map((memory) => fieldOf(userId, memory));
  const command: Command = ["HPEXPIRE", key, lifeMs, "FIELDS", fields.length, ...fields];
  if (fields.length > 0) await consoleStore.command(...command);
}

/** As much of a text as can be edited here; a longer one was written elsewhere. */
function cut(text: string | null): string | null {
  if (text === null || text.length <= CONTENT_MAX_CHARS) return text;
  return `${cutChars(text, CONTENT_MAX_CHARS)}…`;
}

/** For the seal: it opens for this person alone, under whatever name the memory has by then. */
function placeOf(userId: Buffer): string {
  return `memory history\0${subjectOf(userId)}`;
}

/** A keyed hash, so that nobody without CONSOLE_SECRET reads categories out of the field names. */
function fieldOf(userId: Buffer, { category, number }: MemoryName): string {
  const parts = [userId, category, number].map((part) => [Buffer.from(`${part.length}:`), part]);
  return subjectOf(Buffer.concat([Buffer.from("memory\0"), ...parts.flat()]));
}

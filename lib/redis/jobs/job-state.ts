/**
 * Long work as the console's state knows it, so that it can be left, paused and gone on with:
 *
 *   console:jobs:{scope}               hash    kind → JSON of {@link JobRecord}, each field with a life of its own
 *   console:jobs:{scope}:{kind}:lease  string  the job's id, with a short life that the work keeps renewing
 *   console:jobs:{scope}:{kind}:order  string  `pause` or `cancel`, taken at the next step
 *
 * A scope is an index's name, `everyone`, or a person's subject (a keyed hash): with the person's erasure the hash goes,
 * and work that finds its field gone stops.
 */
import { consoleKeys } from "../console-keys";
import { toArray, toInt, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { JobRecord, JobState } from "./job";

/** How long the end of a job can be read after it. */
const KEEP_MS = 30 * 86_400_000;
const ORDER_MS = 60_000;

/** Written only by whom the lease belongs to, and not where the record was taken away. HSET clears a field's life. */
const CHECKPOINT = `
if redis.call('GET', KEYS[2]) ~= ARGV[2] or redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 'lost' end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('HPEXPIRE', KEYS[1], ARGV[4], 'FIELDS', 1, ARGV[1])
return redis.call('GETDEL', KEYS[3]) or 'go on'`;

export type Order = "pause" | "cancel";

export function leaseKey(scope: string, kind: string): string {
  return consoleKeys.jobLease(scope, kind);
}

/** The record's first writing, by the holder of the lease. */
export async function writeFirst(consoleStore: Store, scope: string, record: JobRecord): Promise<void> {
  const key = consoleKeys.jobs(scope);
  await consoleStore.transaction([
    ["HSET", key, record.kind, JSON.stringify(record)],
    ["HPEXPIRE", key, KEEP_MS, "FIELDS", 1, record.kind],
    ["DEL", consoleKeys.jobOrder(scope, record.kind)],
  ]);
}

/** @returns what was ordered meanwhile; `lost` when this work is nobody's any more and must stop */
export async function checkpoint(
  consoleStore: Store,
  scope: string,
  record: JobRecord,
): Promise<Order | "go on" | "lost"> {
  const { kind, jobId } = record;
  const keys = [consoleKeys.jobs(scope), leaseKey(scope, kind), consoleKeys.jobOrder(scope, kind)];
  const args = [kind, jobId, JSON.stringify(record), KEEP_MS];
  return toText(await consoleStore.command("EVAL", CHECKPOINT, keys.length, ...keys, ...args)) as Order;
}

export async function giveOrder(
  consoleStore: Store,
  scope: string,
  kind: string,
  order: Order,
): Promise<void> {
  await consoleStore.command("SET", consoleKeys.jobOrder(scope, kind), order, "PX", ORDER_MS);
}

/** The last job of this kind, null when there was none in 30 days. */
export async function readJob<Input = unknown, State extends JobState = JobState>(
  consoleStore: Store,
  scope: string,
  kind: string,
): Promise<JobRecord<Input, State> | null> {
  // The lease is read first: work that ends between the two reads must not look interrupted.
  const [lease, text] = await consoleStore.pipeline([
    ["GET", leaseKey(scope, kind)],
    ["HGET", consoleKeys.jobs(scope), kind],
  ]);
  if (text === null || text === undefined) return null;
  const record = JSON.parse(toText(text)) as JobRecord<Input, State>;
  const alive = lease !== null && lease !== undefined && toText(lease) === record.jobId;
  if (record.status !== "running" || alive) return record;
  return {
    ...record,
    status: "interrupted",
    reason: "It stopped without a word: the console's process ended, or it lost Redis.",
  };
}

/** The kinds of which this scope has a record. */
export async function jobKinds(consoleStore: Store, scope: string): Promise<string[]> {
  return toArray(await consoleStore.command("HKEYS", consoleKeys.jobs(scope))).map((kind) =>
    toText(kind as Buffer),
  );
}

/** Take the records of a scope away; what still works there stops at its next step. @returns how many there were */
export async function eraseJobs(consoleStore: Store, scope: string): Promise<number> {
  const kinds = await jobKinds(consoleStore, scope);
  if (kinds.length === 0) return 0;
  const orders = kinds.map((kind) => consoleKeys.jobOrder(scope, kind));
  const [erased] = await consoleStore.pipeline([
    ["DEL", consoleKeys.jobs(scope)],
    ["DEL", ...orders],
  ]);
  return toInt(erased) > 0 ? kinds.length : 0;
}

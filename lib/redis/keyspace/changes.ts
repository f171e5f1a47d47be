/**
 * What changes in the assistant's store, as it happens: one subscription per process and store.
 *
 * CLIENT TRACKING … BCAST PREFIX reports every write, expiry (of keys and of hash fields) and deletion under the
 * prefix by any client, FLUSHDB as a null key, and needs no change of the server's configuration; keyspace
 * notifications would miss FLUSHDB and need CONFIG SET (both measured on Redis 8.0.2). It says which key, not
 * what happened to it: that is read a moment later.
 */
import { createClient } from "redis";
import { keyGrammar } from "../keys";
import type { Store } from "../store";
import { describeChanges } from "./changes-describe";
import { type Change, ChangeLog } from "./changes-log";
import { forgetAllUserKeys, forgetUserKeys } from "./user-keys";

/** Notices are collected for so long before their keys are looked at. */
const COLLECT_MS = 100;
/** Keys looked at in one go; a bulk load beyond that is one entry that counts. */
const MAX_DESCRIBED = 100;

export class Changes {
  /** Redis reports changes now. */
  live = false;
  /** Grows with every change that may make an answer old, losses of the connection included. */
  version = 0;
  /** Notices since {@link sinceMs}. */
  total = 0;
  sinceMs: number | null = null;
  /** Why it is not live. */
  reason: string | null = null;
  readonly log = new ChangeLog();
  readonly #listeners = new Set<() => void>();
  #client: ReturnType<typeof createTracker> | undefined;
  #pending = new Map<string, { key: Buffer; count: number }>();
  #dropped = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(readonly store: Store) {}

  /** Subscribe, once; later calls do nothing. Never throws: without it the console only looks less often. */
  start(): void {
    if (this.#client) return;
    const client = createTracker(this.store.connectionUrl());
    this.#client = client;
    client.on("invalidate", (key: Buffer | null) => this.#notice(key));
    client.on("error", (error: Error) => this.#lost(error));
    client.on("ready", () => void this.#subscribe(client));
    client.connect().catch(() => {});
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#client?.destroy();
    this.#client = undefined;
    this.live = false;
  }

  /** Be told after every change. @returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Newest first. */
  newest(limit: number): Change[] {
    return this.log.newest(limit);
  }

  async #subscribe(client: ReturnType<typeof createTracker>): Promise<void> {
    try {
      // The client switches plain tracking on by itself; only after OFF can it become BCAST.
      await client.sendCommand(["CLIENT", "TRACKING", "OFF"]);
      await client.sendCommand(["CLIENT", "TRACKING", "ON", "BCAST", "PREFIX", keyGrammar().prefix]);
    } catch (error) {
      this.#lost(error as Error);
      return;
    }
    const again = this.sinceMs !== null;
    this.live = true;
    this.reason = null;
    this.sinceMs ??= Date.now();
    this.#everything(again ? "resync" : null);
  }

  #lost(error: Error): void {
    this.live = false;
    this.version += 1;
    this.reason = /NOPERM/.test(error.message)
      ? "The Redis user of this console may not run CLIENT TRACKING."
      : "The connection that listens for changes is down.";
  }

  #notice(key: Buffer | null): void {
    this.total += 1;
    if (key === null) {
      this.#everything("flushed");
      return;
    }
    this.version += 1;
    for (const userId of possibleOwners(key)) forgetUserKeys(this.store, userId);
    const name = key.toString("latin1");
    const pending = this.#pending.get(name);
    if (pending) pending.count += 1;
    else if (this.#pending.size < MAX_DESCRIBED) this.#pending.set(name, { key: Buffer.from(key), count: 1 });
    else this.#dropped += 1;
    this.#timer ??= setTimeout(() => void this.#describe(), COLLECT_MS).unref();
  }

  /** Anything may be different now. */
  #everything(kind: "flushed" | "resync" | null): void {
    this.version += 1;
    forgetAllUserKeys(this.store);
    if (kind) this.log.add({ ...concerningNoKey(kind), count: 1 });
    this.#tell();
  }

  async #describe(): Promise<void> {
    const batch = [...this.#pending.values()];
    const dropped = this.#dropped;
    this.#pending = new Map();
    this.#dropped = 0;
    try {
      for (const change of await describeChanges(this.store, batch)) this.log.add(change);
      if (dropped > 0) this.log.add({ ...concerningNoKey("many"), count: dropped });
    } catch {
      // The store went away meanwhile; the loss itself will be in the log.
    } finally {
      this.#timer = undefined;
      if (this.#pending.size > 0) this.#timer = setTimeout(() => void this.#describe(), COLLECT_MS).unref();
      this.#tell();
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function createTracker(url: string) {
  return createClient({
    url,
    RESP: 3,
    emitInvalidate: true,
    maintNotifications: "disabled",
    disableOfflineQueue: true,
    // Slower to give up than the store's connection: every loss costs a walk, and nobody waits for an answer here.
    pingInterval: 1_500,
    socket: {
      connectTimeout: 1_000,
      socketTimeout: 5_000,
      reconnectStrategy: (retries) => Math.min(100 * 2 ** Math.min(retries, 10), 1_000),
    },
  });
}

function concerningNoKey(kind: "flushed" | "resync" | "many"): Omit<Change, "seq" | "count"> {
  return { atMs: Date.now(), kind, key: null, class: null, owner: null, what: "", messages: null };
}

/**
 * Everybody whose keys this one could be listed under: a key outside of the grammar is shown with each person
 * whose pattern it matches, so every cut at a colon counts.
 */
function possibleOwners(key: Buffer): Buffer[] {
  const owners: Buffer[] = [];
  const { prefix, hashTag } = keyGrammar();
  const rest = key.subarray(Buffer.byteLength(prefix));
  for (let at = rest.indexOf(":"); at >= 0 && owners.length < 32; at = rest.indexOf(":", at + 1)) {
    const id = rest.subarray(0, at);
    owners.push(hashTag && id.at(0) === 0x7b && id.at(-1) === 0x7d ? id.subarray(1, -1) : id);
  }
  return owners;
}

// One per process and store: route handlers and pages get separate instances of a module.
const shared = globalThis as unknown as { memoryConsoleChanges?: WeakMap<Store, Changes> };

/** The changes of a store. Opens nothing before {@link Changes.start}. */
export function changesOf(store: Store): Changes {
  shared.memoryConsoleChanges ??= new WeakMap();
  let changes = shared.memoryConsoleChanges.get(store);
  if (!changes) {
    changes = new Changes(store);
    shared.memoryConsoleChanges.set(store, changes);
  }
  return changes;
}

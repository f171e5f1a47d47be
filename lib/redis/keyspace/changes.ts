/**
 * What changes in the assistant's store, as it happens: one subscription per process and store.
 *
 * CLIENT TRACKING … BCAST PREFIX reports every write, expiry (of keys and of hash fields) and deletion under the
 * prefix by any client, FLUSHDB as a null key, and needs no change of the server's configuration; keyspace
 * notifications would miss FLUSHDB and need CONFIG SET (both measured on Redis 8.0.2). It says which key, not
 * what happened to it: that is read a moment later.
 */
import { perOwner } from "../../per-process";
import { keyGrammar } from "../keys";
import type { Store } from "../store/store";
import { describeChanges } from "./changes-describe";
import type { LiveState } from "./changes-events";
import { Follower } from "./changes-follower";
import { type Change, ChangeLog } from "./changes-log";
import { type Named, namedBesides, namedBy } from "./changes-names";

/** Notices are collected for so long before their keys are looked at. */
const COLLECT_MS = 100;
/** Keys looked at in one go; a bulk load beyond that is one entry that counts. */
const MAX_DESCRIBED = 100;

export type Notice =
  /** Keys changed. Told at once, by their names; once more after a look where that says more than the name. */
  | {
      kind: "named";
      named: Named[];
      /** The key that Redis told of; missing where somebody looked at it afterwards. */
      key?: Buffer;
    }
  /** The log of changes has news, some 100 ms later. */
  | { kind: "logged" }
  /** The survey of the whole store has new numbers. */
  | { kind: "surveyed" }
  /** A limit was set, or the end of one came. */
  | { kind: "limits" }
  /** Anything may be different now. */
  | { kind: "everything"; why: "flushed" | "reconnected" | "many" }
  /** {@link Changes.state} is another one. */
  | { kind: "state" };

/**
 * Where several servers hold keys, each has a subscription of its own, and when others take their places those move:
 * live is what all of them are.
 */
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
  #why: LiveState["why"] = "connecting";
  readonly #listeners = new Set<(notice: Notice) => void>();
  readonly #follower: Follower;
  #pending = new Map<string, { key: Buffer; count: number }>();
  #dropped = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(readonly store: Store) {
    this.#follower = new Follower(store, () => keyGrammar().prefix, {
      key: (key) => this.#notice(key),
      ready: () => this.#ready(),
      moved: () => {
        this.#why = "connecting";
        this.live = false;
      },
      lost: (error) => this.#lost(error),
    });
  }

  /** Subscribe, once; later calls do nothing. Never throws: without it the console only looks less often. */
  start(): void {
    this.#follower.start();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#follower.stop();
    this.live = false;
  }

  get state(): LiveState {
    return this.live
      ? { live: true, why: null, reason: null }
      : { live: false, why: this.#why, reason: this.reason };
  }

  /** Be told of every change, within the turn in which Redis told of it. @returns how to stop that. */
  onNotice(listener: (notice: Notice) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Hand on what somebody else on this floor has found out. */
  tell(notice: Notice): void {
    for (const listener of this.#listeners) listener(notice);
  }

  /** Newest first. */
  newest(limit: number): Change[] {
    return this.log.newest(limit);
  }

  #ready(): void {
    const again = this.sinceMs !== null;
    this.live = true;
    this.#why = null;
    this.reason = null;
    this.sinceMs ??= Date.now();
    this.tell({ kind: "state" });
    this.#everything(again ? "resync" : null);
  }

  #lost(error: Error): void {
    const isRefused = /NOPERM/.test(error.message);
    this.live = false;
    this.version += 1;
    this.#why = isRefused ? "refused" : "lost";
    this.reason = isRefused
      ? "The Redis user of this console may not run CLIENT TRACKING."
      : "The connection that listens for changes is down.";
    this.tell({ kind: "state" });
  }

  #notice(key: Buffer | null): void {
    this.total += 1;
    if (key === null) {
      this.#everything("flushed");
      return;
    }
    this.version += 1;
    if (this.#listeners.size > 0) this.tell({ kind: "named", named: namedBy(key), key });
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
    if (kind) this.log.add({ ...concerningNoKey(kind), count: 1 });
    // Also the first time: what was read before anybody listened may be old.
    this.tell({ kind: "everything", why: kind === "flushed" ? "flushed" : "reconnected" });
  }

  async #describe(): Promise<void> {
    const batch = [...this.#pending.values()];
    const dropped = this.#dropped;
    this.#pending = new Map();
    this.#dropped = 0;
    try {
      const changes = await describeChanges(this.store, batch);
      for (const change of changes) this.log.add(change);
      if (dropped > 0) this.log.add({ ...concerningNoKey("many"), count: dropped });
      const named = changes.flatMap(besides);
      if (named.length > 0) this.tell({ kind: "named", named });
      // What was not looked at may be in dispute.
      if (dropped > 0) this.tell({ kind: "everything", why: "many" });
    } catch {
      // The store went away meanwhile; the loss itself will be in the log.
    } finally {
      this.#timer = undefined;
      if (this.#pending.size > 0) this.#timer = setTimeout(() => void this.#describe(), COLLECT_MS).unref();
      this.tell({ kind: "logged" });
    }
  }
}

function besides({ key, class: cls, owner, kind }: Omit<Change, "seq">): Named[] {
  return key && cls ? namedBesides(key, { class: cls, owner, gone: kind === "gone" }) : [];
}

function concerningNoKey(kind: "flushed" | "resync" | "many"): Omit<Change, "seq" | "count"> {
  return { atMs: Date.now(), kind, key: null, class: null, owner: null, what: "", messages: null };
}

/** The changes of a store. Opens nothing before {@link Changes.start}. */
export const changesOf = perOwner("changes", (store: Store) => new Changes(store));

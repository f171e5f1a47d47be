/** The last changes, newest last: what goes on with one key within two seconds is one entry that counts. */
import type { KeyClass } from "../keys";
import type { ChangeKind } from "./changes-schema";

export interface Change {
  seq: number;
  atMs: number;
  kind: ChangeKind;
  key: Buffer | null;
  class: KeyClass | null;
  owner: Buffer | null;
  what: string;
  messages: number | null;
  count: number;
}

const KEEP = 200;
const MERGE_MS = 2_000;

export class ChangeLog {
  #entries: Change[] = [];
  #seq = 0;

  add(change: Omit<Change, "seq">): Change {
    const name = change.key?.toString("latin1") ?? null;
    const at =
      name === null
        ? this.#sameAsLast(change.kind)
        : this.#entries.findLastIndex(
            (entry) => entry.key?.toString("latin1") === name && change.atMs - entry.atMs <= MERGE_MS,
          );
    const before = at >= 0 ? this.#entries.splice(at, 1)[0] : undefined;
    const entry = before
      ? { ...change, seq: before.seq, count: before.count + change.count }
      : { ...change, seq: ++this.#seq };
    this.#entries.push(entry);
    if (this.#entries.length > KEEP) this.#entries.shift();
    return entry;
  }

  /** A connection that comes and goes while nothing else happens is one entry, however long it takes. */
  #sameAsLast(kind: ChangeKind): number {
    const last = this.#entries.length - 1;
    return last >= 0 && this.#entries[last]?.kind === kind ? last : -1;
  }

  /** Newest first. */
  newest(limit: number): Change[] {
    return this.#entries.slice(-limit).reverse();
  }
}

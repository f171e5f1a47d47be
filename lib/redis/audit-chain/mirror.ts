/**
 * A copy of the chain outside of Redis, as JSON Lines. It follows: after each append it writes every entry after
 * the last one it holds, so that entries of other processes, and those that a crash left out, are caught up.
 */
import { once } from "node:events";
import { SafeError } from "../../errors";
import type { Store } from "../store/store";
import { lineOf } from "./canonical";
import type { AuditEntry } from "./entry";
import { MirrorFile } from "./mirror-file";
import type { MirrorTarget } from "./mirror-target";
import { readLines, type StoredChain } from "./stored";
import { unavailable, unfit } from "./unavailable";

export interface MirrorState {
  kind: "none" | "stdout" | "file";
  /** Sequence of the last entry there; null before the first. */
  lastSeq: number | null;
  /** Why it could not be written, in a sentence. */
  problem: string | null;
}

const CHUNK = 500;

export class Mirror {
  readonly state: MirrorState;
  readonly #target: MirrorTarget;

  constructor(kind: "stdout" | "file", target: MirrorTarget) {
    this.state = { kind, lastSeq: null, problem: null };
    this.#target = target;
  }

  /**
   * Does what is mirrored belong to this chain? Asked before anything is appended to a chain seen anew.
   * @throws SafeError `audit_unavailable`
   */
  async check(store: Store, chain: StoredChain): Promise<void> {
    await this.#noted(async () => {
      const last = await this.#last(chain);
      if (last.hash === null || last.seq <= (chain.base?.seq ?? 0)) return;
      const [stored] = await readLines(store, last.seq, last.seq, 1);
      if (stored?.line.includes(`"hash":"${last.hash}"`)) return;
      // The chain itself says what was lost, and the stream of a log cannot be given another file.
      if (this.#target.restart) return this.#target.restart(chain.head);
      throw unavailable(
        `the mirror ends at entry ${last.seq}, which is not in Redis as the mirror has it.`,
        "Redis has lost entries, or the mirror belongs to another console. Keep the mirror, and give AUDIT_MIRROR a new file.",
      );
    });
  }

  /**
   * Bring the mirror up to the head.
   * @param fresh the entries just appended, which end at the head
   * @throws SafeError `audit_unavailable`; the entries are in Redis all the same, and the next call catches up
   */
  async follow(store: Store, chain: StoredChain, fresh: readonly AuditEntry[]): Promise<void> {
    await this.#noted(async () => {
      const head = chain.head?.seq ?? 0;
      let { seq } = await this.#last(chain);
      while (seq < head) {
        const lines = await this.#linesAfter(store, Math.max(seq, chain.base?.seq ?? 0), head, fresh);
        const answer = await this.#target.add(lines, seq);
        seq = answer === "added" ? Math.min(head, lastSeqOf(lines)) : (await this.#last(chain)).seq;
      }
      this.state.lastSeq = seq;
    });
  }

  async #last(chain: StoredChain): Promise<{ seq: number; hash: string | null }> {
    const last = await this.#target.last();
    this.state.lastSeq = last?.seq ?? null;
    return last ?? { seq: chain.base?.seq ?? 0, hash: null };
  }

  async #linesAfter(store: Store, after: number, head: number, fresh: readonly AuditEntry[]) {
    const at = fresh.findIndex(({ seq }) => seq === after + 1);
    if (at >= 0) return fresh.slice(at).map(lineOf);
    const stored = await readLines(store, after + 1, Math.min(head, after + CHUNK), CHUNK);
    if (stored.length === 0 || stored.some(({ seq }, index) => seq !== after + 1 + index)) throw unfit();
    return stored.map(({ line }) => line);
  }

  async #noted(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.state.problem = null;
    } catch (error) {
      const failure = mirrorFailure(error);
      this.state.problem = failure.message;
      throw failure;
    }
  }
}

function lastSeqOf(lines: readonly string[]): number {
  return (JSON.parse(lines.at(-1)!) as AuditEntry).seq;
}

/** An error of the file system as its code alone: the message would quote the path. */
function mirrorFailure(error: unknown): SafeError {
  if (error instanceof SafeError && error.code === "audit_unavailable") return error;
  const code = (error as { code?: unknown } | null)?.code;
  const why = typeof code === "string" ? `its mirror answers ${code}.` : "its mirror does not answer.";
  return unavailable(why, "Check that AUDIT_MIRROR can be written and that its disk is not full.");
}

/** Standard output begins where the chain stands when it is first asked: what was before is in earlier logs. */
class StandardOutput implements MirrorTarget {
  #last: { seq: number; hash: string } | null = null;

  constructor(begin: { seq: number; hash: string } | null) {
    this.#last = begin;
  }

  async last() {
    return this.#last;
  }

  restart(at: { seq: number; hash: string } | null): void {
    this.#last = at;
  }

  async add(lines: readonly string[]): Promise<"added"> {
    if (!process.stdout.write(`${lines.join("\n")}\n`)) await once(process.stdout, "drain");
    const { seq, hash } = JSON.parse(lines.at(-1)!) as AuditEntry;
    this.#last = { seq, hash };
    return "added";
  }
}

/**
 * @param where AUDIT_MIRROR: `stdout` or a file's path; undefined for none
 * @param chain as it stands when the process begins
 */
export function openMirror(where: string | undefined, chain: StoredChain): Mirror | null {
  if (where === undefined) return null;
  if (where === "stdout") return new Mirror("stdout", new StandardOutput(chain.head));
  return new Mirror("file", new MirrorFile(where));
}

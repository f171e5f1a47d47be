/**
 * Is the chain in Redis whole? Checked behind the pages, one check at a time in the process, in pieces between
 * which everybody else has a turn. Whoever looks starts the next check when the last one is old: at most a
 * twentieth of the time goes into checking.
 */

import { setImmediate as nextTurn } from "node:timers/promises";
import { env } from "../../env";
import { SafeError } from "../../errors";
import { logDefect } from "../../log";
import { perOwner } from "../../per-process";
import { auditMacKey } from "../audit-chain/canonical";
import { auditChain } from "../audit-chain/chain";
import { ChainCheck } from "../audit-chain/chain-check";
import { readChain, readLines } from "../audit-chain/stored";
import type { Store } from "../store/store";
import { storeError } from "../store/store-errors";
import type { ChainState } from "./schema";

const CHUNK = 150;
/** Others have their turn after so long. An entry takes about 0.03 ms. */
const TURN_MS = 8;
const STALE_MIN_MS = 2_000;
const STALE_FACTOR = 20;
const SHOWN_PROBLEMS = 50;
/** A page waits so long for a check that is nearly over, and no longer. */
const PATIENCE_MS = 150;

class ChainWatch {
  #running: Promise<void> | null = null;
  #state: Omit<ChainState, "mirror"> = {
    ...{ verdict: "unchecked", entries: 0, head: null, base: null, checkedAtMs: null, durationMs: null },
    ...{ running: null, problems: [], moreProblems: 0, message: null },
  };
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** @param again check anew although the last check is not old */
  async look(again = false): Promise<ChainState> {
    const { checkedAtMs, durationMs } = this.#state;
    const age = checkedAtMs === null ? Number.POSITIVE_INFINITY : Date.now() - checkedAtMs;
    if (!this.#running && (again || age > Math.max(STALE_MIN_MS, STALE_FACTOR * (durationMs ?? 0)))) {
      this.#running = this.#check().finally(() => {
        this.#running = null;
      });
    }
    if (this.#running && (again || (durationMs ?? 0) < PATIENCE_MS)) {
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, PATIENCE_MS);
      });
      await Promise.race([this.#running, patience]);
      clearTimeout(timer);
    }
    return { ...this.#state, mirror: auditChain(this.#store).mirrorState() };
  }

  async #check(): Promise<void> {
    const began = performance.now();
    const macKey = auditMacKey(env().CONSOLE_SECRET);
    const settle = (found: Partial<ChainState>) => {
      const nothing = { problems: [], moreProblems: 0, message: null, running: null };
      const durationMs = Math.round(performance.now() - began);
      this.#state = { ...this.#state, ...nothing, checkedAtMs: Date.now(), durationMs, ...found };
    };
    try {
      const { head, base } = await readChain(this.#store, macKey);
      const check = new ChainCheck({ macKey, head, base });
      const from = (base?.seq ?? 0) + 1;
      const total = (head?.seq ?? 0) - from + 1;
      for (let next = from; head && next <= head.seq; ) {
        const lines = await readLines(this.#store, next, head.seq, CHUNK);
        let turnBegan = performance.now();
        for (const { line } of lines) {
          check.push(line);
          if (performance.now() - turnBegan < TURN_MS) continue;
          await nextTurn();
          turnBegan = performance.now();
        }
        next = (lines.at(-1)?.seq ?? head.seq) + 1;
        this.#state = { ...this.#state, running: { seen: Math.min(total, next - from), total } };
        await nextTurn();
      }
      const { problems, moreProblems, entries } = check.end();
      settle({
        ...{ verdict: problems.length === 0 ? "intact" : "broken", entries },
        head: head && { seq: head.seq, hash: head.hash },
        base: base && { seq: base.seq, hash: base.hash },
        problems: problems.slice(0, SHOWN_PROBLEMS),
        moreProblems: moreProblems + Math.max(0, problems.length - SHOWN_PROBLEMS),
      });
    } catch (error) {
      const safe = storeError(error) ?? this.#defect(error);
      const isBroken = safe.code === "audit_unavailable";
      settle({
        verdict: isBroken ? "broken" : "unreadable",
        message: `${safe.message} ${safe.details.hint ?? ""}`.trim(),
      });
    }
  }

  #defect(error: unknown): SafeError {
    logDefect(error, "");
    return new SafeError("internal", "Something went wrong in the console itself.");
  }
}

export const chainWatch = perOwner(
  "chain-watch",
  (consoleStore: Store): Pick<ChainWatch, "look"> => new ChainWatch(consoleStore),
);

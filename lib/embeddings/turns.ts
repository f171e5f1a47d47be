/**
 * Work that takes turns at something that does only so much at once: whoever waits for an answer goes before a batch,
 * and a batch never has all the places.
 */
import type { Patience } from "./types";

interface Waiting {
  start: () => void;
  patience: Patience;
}

export class Turns {
  readonly #places: number;
  readonly #forBatches: number;
  #busy = 0;
  #busyBatches = 0;
  /** In order of arrival. */
  #waiting: Waiting[] = [];

  /** @param forBatches how many of the places batches may have; 1 at least */
  constructor(places: number, forBatches: number) {
    this.#places = places;
    this.#forBatches = forBatches;
  }

  /** Does `work` as soon as it is its turn. @throws the signal's reason when it was given up before its turn */
  async run<T>(patience: Patience, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    await this.#turn(patience, signal);
    try {
      return await work();
    } finally {
      this.#busy -= 1;
      if (patience === "batch") this.#busyBatches -= 1;
      this.#startNext();
    }
  }

  #turn(patience: Patience, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        reject(signal?.reason);
      };
      const start = () => {
        signal?.removeEventListener("abort", giveUp);
        resolve();
      };
      const waiting = { start, patience };
      signal?.addEventListener("abort", giveUp, { once: true });
      this.#waiting.push(waiting);
      this.#startNext();
    });
  }

  #startNext(): void {
    while (this.#busy < this.#places) {
      const next =
        this.#waiting.find(({ patience }) => patience === "query") ??
        (this.#busyBatches < this.#forBatches ? this.#waiting[0] : undefined);
      if (!next) return;
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      this.#busy += 1;
      if (next.patience === "batch") this.#busyBatches += 1;
      next.start();
    }
  }
}

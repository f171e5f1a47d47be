/** Somebody who writes without pause while a test does harm to Redis. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "../redis/store/store";
import { storeError } from "../redis/store/store-errors";

const EVERY_MS = 5;

export interface Appending {
  /** What Redis said to have appended, and when it said so (epoch ms). */
  done: { word: string; atMs: number }[];
  /** Codes of what it did not say so of; undefined for what is no error of the store. */
  failures: (string | undefined)[];
  stop(): Promise<void>;
}

/** RPUSH 0, 1, 2 … one after another, each once. */
export function keepAppending(store: Store, key: string): Appending {
  const done: Appending["done"] = [];
  const failures: Appending["failures"] = [];
  let goesOn = true;
  const ended = (async () => {
    for (let at = 0; goesOn; at += 1) {
      await store.command("RPUSH", key, `${at}`).then(
        () => done.push({ word: `${at}`, atMs: Date.now() }),
        (error: unknown) => failures.push(storeError(error)?.code),
      );
      await sleep(EVERY_MS);
    }
  })();
  const stop = () => {
    goesOn = false;
    return ended;
  };
  return { done, failures, stop };
}

/** @returns when those were said to be done that are not there, in ms from `sinceMs` */
export function lostSince({ done }: Appending, stored: readonly string[], sinceMs: number): number[] {
  return done.filter(({ word }) => !stored.includes(word)).map(({ atMs }) => atMs - sinceMs);
}

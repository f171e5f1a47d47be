/** A subscription to each server that holds keys of a store, and none to another: they move when others serve. */
import type { Store } from "../store/store";
import { Tracker } from "./changes-tracker";

const FOLLOW_AGAIN_MS = 500;

export interface FollowerEvents {
  /** null: everything went at once. */
  key: (key: Buffer | null) => void;
  /** Every server tells of changes from now on; those before, since the last time, were not told. */
  ready: () => void;
  /** There is another server, and it does not tell yet. */
  moved: () => void;
  lost: (error: Error) => void;
}

export class Follower {
  #trackers: Map<string, Tracker> | undefined;
  #ignoreTopology: (() => void) | undefined;
  #again: NodeJS.Timeout | undefined;
  #isReady = false;

  /** @param prefix of the keys to be told of */
  constructor(
    readonly store: Store,
    readonly prefix: () => string,
    readonly events: FollowerEvents,
  ) {}

  /** Subscribe, once; later calls do nothing. Never throws. */
  start(): void {
    if (this.#trackers) return;
    this.#trackers = new Map();
    this.#ignoreTopology = this.store.onTopology(() => void this.#follow());
    void this.#follow();
  }

  stop(): void {
    clearTimeout(this.#again);
    this.#ignoreTopology?.();
    for (const tracker of this.#trackers?.values() ?? []) tracker.stop();
    this.#trackers = undefined;
    this.#isReady = false;
  }

  async #follow(): Promise<void> {
    const nodes = await this.store.trackedUrls().catch(() => null);
    const trackers = this.#trackers;
    if (!trackers) return;
    clearTimeout(this.#again);
    // Nobody has been reached yet; from then on the store tells.
    if (!nodes?.length) {
      this.#again = setTimeout(() => void this.#follow(), FOLLOW_AGAIN_MS).unref();
      return;
    }
    for (const [url, tracker] of trackers) {
      if (nodes.includes(url)) continue;
      trackers.delete(url);
      tracker.stop();
    }
    for (const url of nodes) {
      if (trackers.has(url)) continue;
      const tracker = new Tracker(url, this.prefix, {
        key: this.events.key,
        ready: () => this.#ready(),
        lost: (error) => {
          this.#isReady = false;
          this.events.lost(error);
        },
      });
      trackers.set(url, tracker);
      if (this.#isReady) this.events.moved();
      this.#isReady = false;
      tracker.start();
    }
    // The only one that was missing may have been left.
    if (!this.#isReady) this.#ready();
  }

  #ready(): void {
    const trackers = [...(this.#trackers?.values() ?? [])];
    if (trackers.length === 0 || !trackers.every((tracker) => tracker.live)) return;
    this.#isReady = true;
    this.events.ready();
  }
}

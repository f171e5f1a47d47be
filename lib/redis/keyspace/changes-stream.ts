/**
 * What changes, in the shape in which pages are told: one coalescing for every open page of the process. The first
 * change is told at once; what follows is collected, each class and person once.
 */
import { perOwner } from "../../per-process";
import { sealRef } from "../../refs";
import type { Store } from "../store/store";
import { type Changes, changesOf, type Notice } from "./changes";
import type { LiveChange, LiveClass, LiveEvent, LiveState, ResyncWhy } from "./changes-events";

const COLLECT_MS = 75;
/** Classes and persons told one by one at once; beyond that it is "many". */
const MAX_TOLD = 200;

type Listener = (event: LiveEvent) => void;

export class ChangesStream {
  readonly #listeners = new Set<Listener>();
  readonly #pending = new Map<string, { class: LiveClass; owner: Buffer | null }>();
  #resync: ResyncWhy | null = null;
  #soon: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;
  #told = "";
  #unsubscribe: (() => void) | undefined;

  constructor(readonly changes: Changes) {}

  get state(): LiveState {
    return this.changes.state;
  }

  /** Starts to listen with the first who asks. @returns how to stop being told */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    this.changes.start();
    this.#told = JSON.stringify(this.state);
    this.#unsubscribe ??= this.changes.onNotice((notice) => this.#take(notice));
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#rest();
    };
  }

  #take(notice: Notice): void {
    if (notice.kind === "state") {
      this.#tellState();
      return;
    }
    if (notice.kind === "named") for (const { class: cls, owner } of notice.named) this.#collect(cls, owner);
    else if (notice.kind === "logged") this.#collect("feed", null);
    else if (notice.kind === "surveyed") this.#collect("survey", null);
    else if (notice.kind === "limits") this.#collect("limits", null);
    else this.#resync = notice.why;
    // A turn later: what came in one packet is told as one.
    if (!this.#timer) this.#soon ??= setImmediate(() => this.#flush());
  }

  #collect(cls: LiveClass, owner: Buffer | null): void {
    if (this.#resync) return;
    this.#pending.set(`${cls} ${owner?.toString("latin1") ?? ""}`, { class: cls, owner });
    if (this.#pending.size > MAX_TOLD) this.#resync = "many";
  }

  #flush(): void {
    this.#soon = undefined;
    this.#timer = undefined;
    const [why, pending] = [this.#resync, [...this.#pending.values()]];
    this.#resync = null;
    this.#pending.clear();
    if (!why && pending.length === 0) return;
    this.#timer = setTimeout(() => this.#flush(), COLLECT_MS).unref();
    this.#tell(why ? { event: "resync", data: { why } } : { event: "change", data: pending.map(sealed) });
  }

  #tellState(): void {
    const told = JSON.stringify(this.state);
    if (told === this.#told) return;
    this.#told = told;
    this.#tell({ event: "state", data: this.state });
  }

  #tell(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** With nobody to tell nothing is collected. */
  #rest(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    clearImmediate(this.#soon);
    clearTimeout(this.#timer);
    this.#soon = undefined;
    this.#timer = undefined;
    this.#resync = null;
    this.#pending.clear();
  }
}

function sealed({ class: cls, owner }: { class: LiveClass; owner: Buffer | null }): LiveChange {
  return { class: cls, userRef: owner && sealRef("user", owner) };
}

export const changesStreamOf = perOwner(
  "changes-stream",
  (store: Store) => new ChangesStream(changesOf(store)),
);

/**
 * When the page's clock ticks. Words like "3 min ago" go by full seconds; a countdown goes by the moments at which whole
 * and half seconds are left of it: its text changes at the halves and at its end, and ticking at any other moment it
 * would be wrong by up to another second.
 * Everything with the same moments ticks together, and only what somebody listens to ticks at all.
 */

interface Beat {
  /** The time of its last tick. */
  nowMs: number;
  listeners: Set<() => void>;
  timer?: ReturnType<typeof setTimeout>;
}

/** What is made for a drawing that was thrown away is never listened to. */
const UNHEARD_MS = 10_000;

/**
 * The moments within a second at which these ends are whole or half seconds away, each once; the full second where nothing
 * ends.
 * @param ends epoch ms; null for what has no end
 */
export function phasesOf(ends: readonly (number | null)[]): number[] {
  const known = ends.filter((end) => end !== null && Number.isFinite(end)) as number[];
  const phases = new Set(
    known.flatMap((end) => [0, 500].map((half) => (((Math.ceil(end) + half) % 1000) + 1000) % 1000)),
  );
  return phases.size === 0 ? [0] : [...phases];
}

export class Ticks {
  readonly #beats = new Map<number, Beat>();
  #running = false;
  #started = false;

  /** @param now the time to tick by, in epoch ms */
  constructor(readonly now: () => number) {}

  /** Ticks at once, and then with every second of each phase. */
  start(): void {
    this.#running = true;
    this.#started = true;
    this.tick();
  }

  stop(): void {
    this.#running = false;
    for (const { timer } of this.#beats.values()) clearTimeout(timer);
  }

  /** Everything, now: somebody has set the clock. */
  tick(): void {
    for (const [phase, beat] of this.#beats) this.#tick(phase, beat);
  }

  /** Hear of every tick of these phases. @returns to hear no more */
  subscribe(phases: readonly number[], listener: () => void): () => void {
    for (const phase of phases) {
      const beat = this.#beat(phase);
      beat.listeners.add(listener);
      if (beat.listeners.size > 1) continue;
      beat.nowMs = this.now();
      this.#schedule(phase, beat);
    }
    return () => {
      for (const phase of phases) {
        const beat = this.#beats.get(phase);
        if (!beat?.listeners.delete(listener) || beat.listeners.size > 0) continue;
        clearTimeout(beat.timer);
        this.#beats.delete(phase);
      }
    };
  }

  /** The time of the last tick of any of these; the same until the next one. 0 before the first start. */
  at(phases: readonly number[]): number {
    if (!this.#started) return 0;
    return Math.max(...phases.map((phase) => this.#beat(phase).nowMs));
  }

  #beat(phase: number): Beat {
    const known = this.#beats.get(phase);
    if (known) return known;
    const nowMs = this.now();
    for (const [other, { listeners, nowMs: madeAtMs }] of this.#beats) {
      if (listeners.size === 0 && nowMs - madeAtMs > UNHEARD_MS) this.#beats.delete(other);
    }
    const beat: Beat = { nowMs, listeners: new Set() };
    this.#beats.set(phase, beat);
    return beat;
  }

  #tick(phase: number, beat: Beat): void {
    beat.nowMs = this.now();
    this.#schedule(phase, beat);
    for (const listener of beat.listeners) listener();
  }

  /** To the next such moment: an interval drifts, and then a countdown skips a second now and then. */
  #schedule(phase: number, beat: Beat): void {
    clearTimeout(beat.timer);
    if (!this.#running || beat.listeners.size === 0) return;
    const sinceMs = (((this.now() - phase) % 1000) + 1000) % 1000;
    beat.timer = setTimeout(() => this.#tick(phase, beat), Math.ceil(1000 - sinceMs));
  }
}

/** A seeded generator, so that every demo store tells the same story. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 ≤ x < 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  pick<T>(items: readonly T[]): T {
    return items[this.int(0, items.length - 1)]!;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** `{slot}` in a text replaced by a pick from its pool; `{n2-9}` by a number. */
  fill(template: string, pools: Record<string, readonly string[]>): string {
    return template.replace(/\{(?:n(\d+)-(\d+)|(\w+))\}/g, (_, low, high, slot) =>
      low ? String(this.int(Number(low), Number(high))) : this.pick(pools[slot] ?? [`{${slot}}`]),
    );
  }
}

/** The n largest of many, without keeping the rest. */
export class Largest<T> {
  #kept: T[] = [];
  /** What a newcomer must exceed once the list is full. */
  #floor = Number.NEGATIVE_INFINITY;

  constructor(
    readonly limit: number,
    readonly sizeOf: (item: T) => number,
  ) {}

  /** `make` runs only when the size earns a place. */
  offer(size: number, make: () => T): void {
    if (size <= this.#floor) return;
    this.#kept.push(make());
    // Trimmed now and then rather than kept sorted: most offers end at the floor above.
    if (this.#kept.length >= this.limit * 4) this.#trim();
  }

  sorted(): T[] {
    this.#trim();
    return [...this.#kept];
  }

  #trim(): void {
    this.#kept.sort((a, b) => this.sizeOf(b) - this.sizeOf(a));
    this.#kept.length = Math.min(this.#kept.length, this.limit);
    if (this.#kept.length === this.limit) this.#floor = this.sizeOf(this.#kept[this.limit - 1]!);
  }
}

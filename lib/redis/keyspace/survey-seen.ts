/**
 * Which keys were seen in this walk: SCAN may return one twice. A Set of names would cost about 100 bytes a key;
 * this keeps 64 bits of hash for each (16 MB for a million), and takes a collision (one in 10^13 pairs) as seen.
 */
export class SeenKeys {
  #table = new Uint32Array(2 * 4_096);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Remember a key. @returns false when it was there already. */
  add(key: Uint8Array): boolean {
    if ((this.#size + 1) * 4 > this.#table.length) this.#grow();
    const [high, low] = hash(key);
    if (!place(this.#table, high, low)) return false;
    this.#size += 1;
    return true;
  }

  #grow(): void {
    const bigger = new Uint32Array(this.#table.length * 2);
    for (let at = 0; at < this.#table.length; at += 2) {
      const high = this.#table[at]!;
      const low = this.#table[at + 1]!;
      if (high !== 0 || low !== 0) place(bigger, high, low);
    }
    this.#table = bigger;
  }
}

/** Open addressing; a slot of two zeros is free. */
function place(table: Uint32Array, high: number, low: number): boolean {
  const slots = table.length / 2;
  for (let slot = low & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
    const [there, thereLow] = [table[slot * 2]!, table[slot * 2 + 1]!];
    if (there === 0 && thereLow === 0) {
      table[slot * 2] = high;
      table[slot * 2 + 1] = low;
      return true;
    }
    if (there === high && thereLow === low) return false;
  }
}

/** Two 32-bit hashes, FNV-1a and a multiplicative one with murmur's final mix; never both zero. */
function hash(key: Uint8Array): [high: number, low: number] {
  let a = 0x811c9dc5;
  let b = 0x9747b28c ^ key.length;
  for (const byte of key) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x5bd1e995);
    b ^= b >>> 15;
  }
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b);
  b = Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  return [a >>> 0, ((b ^ (b >>> 16)) >>> 0) | 1];
}

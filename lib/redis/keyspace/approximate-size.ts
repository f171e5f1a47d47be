import type { Arg, Command } from "../store/wire";

/**
 * Values looked at per key. Redis looks at five unless told (MEMORY USAGE, redis.io), and takes the first five fields of a
 * large hash for all of them: a memory with a sixth field beside its embedding then counts as a fifth of what it
 * takes. Sixteen see every field of a memory, and cost the server no time to speak of.
 */
export const SIZE_SAMPLES = 16;

/** Asks for the bytes of a key, key and overhead included: approximate where it has more than {@link SIZE_SAMPLES} values. */
export function approximateSize(key: Arg): Command {
  return ["MEMORY", "USAGE", key, "SAMPLES", SIZE_SAMPLES];
}

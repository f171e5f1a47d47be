/** The rules that inputs of sessions share. Server only: pages take the types of schema.ts. */
import { z } from "zod";

export const MAX_POSITION = 999_999_999;
export const ref = z
  .string()
  .min(1, "must name something, it is empty")
  .max(8_192, "is longer than any reference");

/** A whole number as an address carries it. `""`, `1e3`, `-0` and `007` with a sign are refused. */
export function digits(min: number, max: number) {
  const rule = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, rule)
    .transform(Number)
    .refine((value) => value >= min && value <= max, rule);
}

export function whole(min: number, max: number) {
  const rule = `must be a whole number from ${min} to ${max}`;
  return z.number({ error: rule }).int(rule).min(min, rule).max(max, rule);
}

export const digest = z
  .string()
  .regex(/^[0-9a-f]{40}$/, "must be 40 hexadecimal digits, as the reader was given");

/** Which session. */
export const target = { ref, session: ref };

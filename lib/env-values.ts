/** Kinds of values that several variables have. */
import { z } from "zod";

export const optionalText = z
  .string()
  .transform((value) => value.trim() || undefined)
  .optional();

export const flag = z
  .enum(["", "0", "1", "false", "true"], { error: "must be 0 or 1, for example 1" })
  .default("0")
  .transform((value) => value === "1" || value === "true");

export function wholeNumber(name: string, min: number, max: number, example: number) {
  const rule = `must be a whole number from ${min} to ${max}, for example ${name}=${example}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, rule)
    .transform(Number)
    .refine((value) => value >= min && value <= max, rule);
}

export function httpAddress(example: string) {
  return z.url({ protocol: /^https?$/, error: `must be an http(s) address, for example ${example}` });
}

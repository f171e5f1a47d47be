/** Passwords: hashed with argon2id, compared in the same time whoever asks. */
import { randomInt } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { SafeError } from "../../errors";
import { holdsName, PASSWORD_MAX, preparedPassword } from "./password-rules";

/** OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane. The library's algorithm is argon2id. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Each takes a core for some 20 ms and 19 MiB; the rest of the console goes on meanwhile. */
const AT_ONCE = 2;
/** About a second of waiting. */
const WAITING_MAX = 64;

let running = 0;
const waiting: (() => void)[] = [];

/** @throws SafeError `too_many_requests` when too many passwords are being looked at already */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= WAITING_MAX) {
      throw new SafeError("too_many_requests", "Too many people are signing in at this moment.", {
        hint: "Try again in a few seconds.",
      });
    }
    // Whoever ends hands its place on, so `running` stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/** The rules of a good password are {@link ./password-rules requireGoodPassword}'s; this takes any. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(preparedPassword(password), COST));
}

let nobodys: Promise<string> | undefined;

/**
 * Is this the password?
 * @param stored null for an operator that does not exist or has none: the same work is done, and the answer is no
 */
export async function verifyPassword(stored: string | null, typed: string): Promise<boolean> {
  nobodys ??= hash(randomPassword(), COST);
  const dummy = await nobodys;
  // A character has two units at most, and nothing longer was ever taken as a password.
  const text = typed.slice(0, 2 * PASSWORD_MAX);
  const right = await inTurn(() => verify(stored ?? dummy, preparedPassword(text)));
  return right && stored !== null && text === typed;
}

/** Letters and digits that are not mistaken for each other when read aloud. */
const ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

/**
 * Four groups of six, 118 bits: `k7mq2a-hw3r9d-x8npty-4cjv6e`.
 * @param operatorName whose it will be: one of a thousand holds a name like Ada by chance, and would be refused
 */
export function randomPassword(operatorName = ""): string {
  for (;;) {
    const letters = Array.from({ length: 24 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
    const password = letters.replace(/(.{6})(?=.)/g, "$1-");
    if (!holdsName(password, operatorName)) return password;
  }
}

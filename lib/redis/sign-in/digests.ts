/** Names for things that must not stand in Redis as they are. */
import { createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { env } from "../../env";

/** What the cookie carries: 256 random bits. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

/** The name of a token in Redis. A plain hash is enough for 256 random bits: there is nothing to guess. */
export function tokenDigest(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

let key: Buffer | undefined;

/**
 * Who knocks, as the name of a counter. Addresses and names of operators are few enough to try them all, so the hash
 * is keyed (CONSOLE_SECRET, a key of its own).
 */
export function knockDigest(kind: "account" | "address" | "operator", who: string): string {
  key ??= Buffer.from(hkdfSync("sha256", env().CONSOLE_SECRET, "", "memory-console/doors/v1", 32));
  return createHmac("sha256", key).update(`${kind}\0`).update(who).digest("base64url");
}

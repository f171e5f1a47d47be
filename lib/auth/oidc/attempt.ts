/** A sign-in at the identity provider that has begun: kept in the console's own Redis, named by a cookie. */
import { z } from "zod";
import { consoleKeys } from "../../redis/console-keys";
import { randomToken, tokenDigest } from "../../redis/sign-in/digests";
import { toText } from "../../redis/store/reply";
import type { Store } from "../../redis/store/store";

export const ATTEMPT_SECONDS = 600;

const attempt = z.object({
  /** So that an attempt begun at one provider is not finished at another. */
  issuer: z.string().min(1),
  state: z.string().min(1),
  nonce: z.string().min(1),
  verifier: z.string().min(1),
  /** A path of this console; see {@link ../next-path safeNext}. */
  next: z.string().startsWith("/"),
  beganAtMs: z.number(),
  /** The session the browser had when it began, which this sign-in puts an end to. */
  previous: z.object({ operatorId: z.string(), digest: z.string() }).nullable(),
  /** The operator of that session has to prove again who it is. */
  again: z.boolean(),
});
export type Attempt = z.output<typeof attempt>;

/** @returns the token for the cookie; Redis knows its hash alone */
export async function keepAttempt(consoleStore: Store, begun: Attempt): Promise<string> {
  const token = randomToken();
  const key = consoleKeys.oidcAttempt(tokenDigest(token));
  await consoleStore.command("SET", key, JSON.stringify(begun), "EX", ATTEMPT_SECONDS);
  return token;
}

/** Once and never again, whatever comes of it. @returns null when it is not known */
export async function takeAttempt(consoleStore: Store, token: string): Promise<Attempt | null> {
  const kept = await consoleStore.command("GETDEL", consoleKeys.oidcAttempt(tokenDigest(token)));
  if (kept === null) return null;
  return attempt.safeParse(JSON.parse(toText(kept))).data ?? null;
}

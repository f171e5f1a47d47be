/** What somebody in the middle, or with a browser of one's own, may try: all of it against a real provider. */
import { afterEach, describe, expect, test } from "vitest";
import { consoleKeys } from "../../redis/console-keys";
import { tokenDigest } from "../../redis/sign-in/digests";
import { listOperators } from "../../redis/sign-in/operators";
import { toInt, toText } from "../../redis/store/reply";
import { ProviderVisitor } from "../../testing/oidc-browser";
import { type Attempt, keepAttempt } from "./attempt";
import type { OidcErrorWord } from "./errors";
import { expectRefusal, oidcWorld, settingsFor, startProvider } from "./test-kit";

const world = oidcWorld();

/** Refused, and nobody was made: the operators are as before the test. */
async function refused(signIn: Promise<unknown>, word: OidcErrorWord) {
  await expectRefusal(signIn, word);
  expect(await listOperators(world.store())).toEqual([]);
}

const otherEnd = (code: string) => `${code.slice(0, -1)}${code.endsWith("_") ? "-" : "_"}`;

async function changeAttempt(token: string, change: Partial<Record<keyof Attempt, unknown>>) {
  const key = consoleKeys.oidcAttempt(tokenDigest(token));
  const kept = JSON.parse(toText(await world.store().command("GET", key)));
  await world.store().command("SET", key, JSON.stringify({ ...kept, ...change }), "KEEPTTL");
}

describe("the attempt", () => {
  test("a callback is good once", async () => {
    const { attemptToken, back } = await world.travel();
    await world.finish(attemptToken, back);
    await expectRefusal(world.finish(attemptToken, back), "sign_in_expired");
  });

  test("of five callbacks at once one is good", async () => {
    const { attemptToken, back } = await world.travel();
    const all = await Promise.allSettled(Array.from({ length: 5 }, () => world.finish(attemptToken, back)));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("the provider's code is good once too, in another attempt as well", async () => {
    const { attemptToken, back } = await world.travel();
    const kept = toText(
      await world.store().command("GET", consoleKeys.oidcAttempt(tokenDigest(attemptToken))),
    );
    await world.finish(attemptToken, back);
    const copy = await keepAttempt(world.store(), JSON.parse(kept));
    await expectRefusal(world.finish(copy, back), "sign_in_invalid");
  });

  test("without the cookie there is none", async () => {
    const { back } = await world.travel();
    await refused(world.finish(null, back), "sign_in_expired");
    await refused(world.finish("a".repeat(43), back), "sign_in_expired");
    await refused(world.finish("", back), "sign_in_expired");
  });

  test("it lives ten minutes, under the hash of the cookie", async () => {
    const { attemptToken } = await world.begin();
    const key = consoleKeys.oidcAttempt(tokenDigest(attemptToken));
    const life = toInt(await world.store().command("PTTL", key));
    expect(life).toBeGreaterThan(590_000);
    expect(life).toBeLessThanOrEqual(600_000);
    const names = await world.store().command("KEYS", "*");
    expect(String(names)).not.toContain(attemptToken);
  });

  test("when it has ended, it is over", async () => {
    const { attemptToken, back } = await world.travel();
    await world.store().command("PEXPIRE", consoleKeys.oidcAttempt(tokenDigest(attemptToken)), 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await refused(world.finish(attemptToken, back), "sign_in_expired");
  });

  test("one that failed is used up", async () => {
    const { attemptToken, back } = await world.travel();
    const wrong = new URL(back);
    wrong.searchParams.set("state", "another");
    await refused(world.finish(attemptToken, wrong), "sign_in_invalid");
    await refused(world.finish(attemptToken, back), "sign_in_expired");
  });

  test("another browser's callback does not fit: nobody is signed in as somebody else by a link", async () => {
    const attacker = await world.travel("s-1");
    const victim = await world.begin();
    await refused(world.finish(victim.attemptToken, attacker.back), "sign_in_invalid");
  });

  test.each([{ verifier: undefined }, { state: 7 }, { next: "https://evil.example" }, { issuer: "" }])(
    "one that is not whole counts for nothing: %j",
    async (change) => {
      const { attemptToken, back } = await world.travel();
      await changeAttempt(attemptToken, change);
      await refused(world.finish(attemptToken, back), "sign_in_expired");
    },
  );
});

describe("what comes back", () => {
  test.each([
    ["another state", (query: URLSearchParams) => query.set("state", "x".repeat(43))],
    ["no state", (query: URLSearchParams) => query.delete("state")],
    ["two states", (query: URLSearchParams) => query.append("state", "x")],
    ["another code", (query: URLSearchParams) => query.set("code", otherEnd(query.get("code") ?? ""))],
    ["two codes", (query: URLSearchParams) => query.append("code", "x")],
    ["another issuer", (query: URLSearchParams) => query.set("iss", "http://127.0.0.1:1")],
    ["no issuer, from a provider that says it", (query: URLSearchParams) => query.delete("iss")],
    ["an ID token by the front door", (query: URLSearchParams) => query.set("id_token", "e30.e30.e30")],
    ["a whole answer as a token", (query: URLSearchParams) => query.set("response", "e30.e30.e30")],
  ])("%s is refused", async (_, change) => {
    const { attemptToken, back } = await world.travel();
    change(back.searchParams);
    await refused(world.finish(attemptToken, back), "sign_in_invalid");
  });

  test("no code is refused", async () => {
    const { attemptToken, back } = await world.travel();
    back.searchParams.delete("code");
    await refused(world.finish(attemptToken, back), "sign_in_invalid");
  });

  test("who went back at the provider is told so, and reads nothing that the provider wrote", async () => {
    const { attemptToken, back } = await world.travel(null);
    expect(back.searchParams.get("error_description")).toContain("<b>");
    await refused(world.finish(attemptToken, back), "sign_in_cancelled");
  });

  test("an error that nobody's provider said is refused for its state", async () => {
    const { attemptToken } = await world.begin();
    const back = new URL("http://x/?error=access_denied&state=guessed");
    back.searchParams.set("iss", world.provider().issuer);
    await refused(world.finish(attemptToken, back), "sign_in_invalid");
  });
});

describe("PKCE", () => {
  test("the provider is asked for S256, and never for less", async () => {
    const { searchParams } = new URL((await world.begin()).redirectTo);
    expect(searchParams.get("code_challenge_method")).toBe("S256");
    expect(searchParams.get("code_challenge")).toMatch(/^[\w-]{43}$/);
  });

  test("another verifier is refused by the provider", async () => {
    const { attemptToken, back } = await world.travel();
    await changeAttempt(attemptToken, { verifier: "a".repeat(43) });
    await refused(world.finish(attemptToken, back), "sign_in_invalid");
  });

  test("a stolen code is worth nothing in an attempt of one's own, even with its state", async () => {
    const victim = await world.travel("a-1");
    const attacker = await world.begin();
    const state = new URL(attacker.redirectTo).searchParams.get("state");
    victim.back.searchParams.set("state", state ?? "");
    await refused(world.finish(attacker.attemptToken, victim.back), "sign_in_invalid");
  });
});

describe("two providers", () => {
  const others: { stop: () => Promise<void> }[] = [];
  afterEach(async () => {
    await Promise.all(others.splice(0).map((other) => other.stop()));
  });

  test("what was begun at one is not finished by the other's answer (mix-up)", async () => {
    const other = await startProvider(world.accounts);
    others.push(other);
    const before = world.provider().asked("/token");
    const honest = await world.begin();
    const evil = await world.begin({}, settingsFor(other));
    const back = await new ProviderVisitor().signIn(evil.redirectTo, "a-1");
    back.searchParams.set("state", new URL(honest.redirectTo).searchParams.get("state") ?? "");
    await refused(world.finish(honest.attemptToken, back), "sign_in_invalid");
    expect([world.provider().asked("/token"), other.asked("/token")]).toEqual([before, 0]);
  });

  test("what was begun before the configuration changed is not finished after it", async () => {
    const other = await startProvider(world.accounts);
    others.push(other);
    const { attemptToken, back } = await world.travel();
    await refused(world.finish(attemptToken, back, settingsFor(other)), "sign_in_expired");
  });
});

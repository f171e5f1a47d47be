import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testRedis } from "../../testing/redis";
import { consoleKeys } from "../console-keys";
import { toArray, toInt, toText } from "../store/reply";
import { Store } from "../store/store";
import { admit, type DoorSettings, type Knock } from "./admit";
import { randomToken } from "./digests";
import { setOperatorDisabled, setOperatorRole } from "./operator-changes";
import { createOperator } from "./operators";
import { addReveal } from "./reveals";
import { createSession, refreshAuthentication, revokeSession, setMasked } from "./sessions";
import { signInDemo } from "./sign-in";

const redis = testRedis({ queryEngine: false });
let store: Store;

beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

const settings: DoorSettings = {
  readsPerMinute: 1_000,
  writesPerMinute: 100,
  limits: { idleMs: 60_000, maxMs: 3_600_000 },
  demo: false,
};
const knock = (token: string | null, more: Partial<Knock> = {}, changed: Partial<DoorSettings> = {}) =>
  admit(store, { token, address: "192.0.2.1", kind: "read", ...more }, { ...settings, ...changed });

async function signedIn(name = "Ada", limits = settings.limits) {
  const operator = await createOperator(store, { name, role: "admin", password: null, via: "password" });
  const made = await createSession(store, { operatorId: operator.id, via: "password", agent: "" }, limits);
  return { operator, ...made };
}

describe("who is let in", () => {
  it("is the operator of the session, with what is revealed to it", async () => {
    const { operator, token, session } = await signedIn();
    const { untilMs } = await addReveal(store, session, "subject", "ref");
    expect(await knock(token)).toEqual({
      operator,
      session,
      revealed: new Map([["subject", { ref: "ref", untilMs }]]),
    });
    await setMasked(store, session, true);
    expect((await knock(token))?.session.masked).toBe(true);
  });

  it.each([
    ["no token", () => null],
    ["an empty one", () => ""],
    ["an unknown one", () => randomToken()],
    ["one that is longer", (token: string) => `${token}A`],
    ["one with a line end", (token: string) => `${token}\n`],
    ["the digest of one", (_: string, digest: string) => digest],
    ["a megabyte", () => "A".repeat(1_000_000)],
  ])("is nobody with %s", async (_, change) => {
    const { token, session } = await signedIn();
    expect(await knock(change(token, session.digest))).toBeNull();
  });

  it("is nobody after a revocation, with the very next request", async () => {
    const { operator, token, session } = await signedIn();
    expect(await knock(token)).not.toBeNull();
    await revokeSession(store, operator.id, session.digest);
    expect(await knock(token)).toBeNull();
    expect(await store.command("EXISTS", consoleKeys.operatorSession(session.digest))).toBe(0);
  });

  it("is nobody with the token from before signing in again", async () => {
    const { token, session } = await signedIn();
    const next = await refreshAuthentication(store, session);
    expect(await knock(token)).toBeNull();
    expect((await knock(next!.token))?.session.digest).toBe(next!.session.digest);
  });

  it("has the new role with the next request, and is nobody while disabled", async () => {
    const { operator, token } = await signedIn();
    await signedIn("Bob");
    await setOperatorRole(store, operator.id, "support");
    expect((await knock(token))?.operator.role).toBe("support");
    await setOperatorDisabled(store, operator.id, true);
    expect(await knock(token)).toBeNull();
    await setOperatorDisabled(store, operator.id, false);
    expect((await knock(token))?.operator.role).toBe("support");
  });

  it("is nobody when the operator's record is gone or not whole", async () => {
    const { operator, token } = await signedIn();
    await store.command("HSET", consoleKeys.operator(operator.id), "role", "root");
    expect(await knock(token)).toBeNull();
    await store.command("DEL", consoleKeys.operator(operator.id));
    expect(await knock(token)).toBeNull();
  });

  it("is nobody of the demo once the demo is over", async () => {
    const { token } = await signInDemo(store, { role: "admin", agent: "" }, true);
    expect(await knock(token, {}, { demo: true })).not.toBeNull();
    expect(await knock(token)).toBeNull();
  });
});

describe("how long", () => {
  it("goes on while something is asked, and ends when nothing was for the idle limit", async () => {
    const limits = { idleMs: 400, maxMs: 60_000 };
    const { token, session } = await signedIn("Ada", limits);
    for (let n = 0; n < 4; n++) {
      await sleep(200);
      expect(await knock(token, {}, { limits }), `after ${(n + 1) * 200} ms`).not.toBeNull();
    }
    expect((await knock(token, {}, { limits }))!.session.lastSeenAtMs).toBeGreaterThan(session.lastSeenAtMs);
    await sleep(500);
    expect(await knock(token, {}, { limits })).toBeNull();
  });

  it("is not prolonged by what a page asks in the background", async () => {
    const limits = { idleMs: 2_000, maxMs: 60_000 };
    const { token } = await signedIn("Ada", limits);
    for (let n = 0; n < 2; n++) {
      await sleep(400);
      expect(await knock(token, { background: true }, { limits })).not.toBeNull();
    }
    await sleep(1_300);
    expect(await knock(token, { background: true }, { limits })).toBeNull();
  });

  it("ends with the absolute limit, whatever is asked", async () => {
    const limits = { idleMs: 5_000, maxMs: 1_000 };
    const begunBeforeMs = Date.now();
    const { token } = await signedIn("Ada", limits);
    const begunAfterMs = Date.now();
    for (let n = 0; n < 8; n++) {
      await sleep(200);
      const askedMs = Date.now();
      const isIn = (await knock(token, {}, { limits })) !== null;
      // Between the two nobody can say, on a slow machine.
      if (Date.now() - begunBeforeMs < limits.maxMs) expect(isIn).toBe(true);
      if (askedMs - begunAfterMs > limits.maxMs) expect(isIn).toBe(false);
    }
    expect(await knock(token, {}, { limits })).toBeNull();
  });

  it("writes down who was seen every 15 seconds, not with every request", async () => {
    const { token, session } = await signedIn();
    await sleep(5);
    await knock(token);
    expect((await knock(token))?.session.lastSeenAtMs).toBe(session.lastSeenAtMs);
    const key = consoleKeys.operatorSession(session.digest);
    await store.command("HSET", key, "lastSeenAtMs", session.lastSeenAtMs - 15_000);
    await store.command("PEXPIRE", key, 10_000);
    await knock(token);
    expect((await knock(token))?.session.lastSeenAtMs).toBeGreaterThan(session.lastSeenAtMs);
    expect(toInt(await store.command("PTTL", key))).toBeGreaterThan(50_000);
  });
});

describe("how often", () => {
  it("lets an operator in as often as it may, from all addresses together, and says when again", async () => {
    const { token } = await signedIn();
    const { token: other } = await signedIn("Bob");
    const few = { readsPerMinute: 3 };
    for (let n = 0; n < 3; n++) await knock(token, { address: `192.0.2.${n}` }, few);
    const late = knock(token, { address: "192.0.2.9" }, few);
    await expect(late).rejects.toMatchObject({
      code: "too_many_requests",
      details: { hint: expect.stringMatching(/^Try again in (60|59|58) seconds\.$/) },
    });
    expect(await knock(other, {}, few)).not.toBeNull();
    expect(await knock(token, { kind: "write" }, few)).not.toBeNull();
  });

  it("lets four times as many in from one address, signed in or not", async () => {
    const few = { writesPerMinute: 1 };
    for (let n = 0; n < 4; n++) expect(await knock(null, { kind: "write" }, few)).toBeNull();
    await expect(knock(null, { kind: "write" }, few)).rejects.toMatchObject({ code: "too_many_requests" });
    expect(await knock(null, { kind: "sign-in" }, few)).toBeNull();
    expect(await knock(null, { kind: "write", address: "192.0.2.2" }, few)).toBeNull();
  });

  it("is exact for many at once", async () => {
    const { token } = await signedIn();
    const knocks = Array.from({ length: 50 }, () => knock(token, {}, { readsPerMinute: 20 }));
    const answers = await Promise.allSettled(knocks);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
  });

  it("leaves neither addresses nor tokens nor names in Redis's keys, and no counter without a life", async () => {
    const { token, operator } = await signedIn();
    await knock(token);
    const keys = toArray(await store.command("KEYS", "console:doors:*")).map((key) => toText(key));
    expect(keys).toHaveLength(2);
    for (const key of keys) {
      for (const secret of ["192.0.2.1", token, operator.id]) expect(key).not.toContain(secret);
      expect(toInt(toArray(await store.command("HPTTL", key, "FIELDS", 1, "reads"))[0])).toBeGreaterThan(0);
    }
  });
});

describe("a Redis at its memory limit", () => {
  const setLimit = (bytes: string) => store.command("CONFIG", "SET", "maxmemory", bytes);
  afterEach(() => setLimit("0"));

  it("still lets reads in, by the same session, and refuses what would change something", async () => {
    const { operator, token } = await signedIn();
    await setLimit("1");
    expect((await knock(token))?.operator).toEqual(operator);
    expect(await knock(randomToken())).toBeNull();
    expect(await knock(null)).toBeNull();
    await expect(knock(token, { kind: "write" })).rejects.toThrow(/OOM/);
    await setLimit("0");
    expect((await knock(token, { kind: "write" }))?.operator).toEqual(operator);
  });
});

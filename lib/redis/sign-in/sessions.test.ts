import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testRedis } from "../../testing/redis";
import { consoleKeys } from "../console-keys";
import { toArray, toInt, toText } from "../store/reply";
import { Store } from "../store/store";
import { addReveal, endReveal, readRevealsReply } from "./reveals";
import {
  createSession,
  listSessions,
  refreshAuthentication,
  revokeSession,
  revokeSessionsOf,
  setMasked,
} from "./sessions";
import { REVEAL_MS, type SessionRecord } from "./types";

const redis = testRedis({ queryEngine: false });
let store: Store;

beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

const begin = (operatorId = "op_a", previousToken?: string) =>
  createSession(store, { operatorId, via: "password", agent: "Firefox on Linux", previousToken });
const digestsOf = async (operatorId = "op_a") =>
  (await listSessions(store, operatorId)).map(({ digest }) => digest);
const revealsOf = async ({ digest }: SessionRecord) =>
  readRevealsReply(await store.command("HGETALL", consoleKeys.reveals(digest)));
const allKeys = async () => toArray(await store.command("KEYS", "*")).map((key) => toText(key));

describe("createSession", () => {
  it("keeps a hash of the token, and the token nowhere", async () => {
    const { token, session } = await begin();
    expect(token).toMatch(/^[\w-]{43}$/);
    const everything = await Promise.all(
      (await allKeys()).map(async (key) => {
        const type = toText(await store.command("TYPE", key));
        const words = await store.command(type === "set" ? "SMEMBERS" : "HGETALL", key);
        return `${key} ${toArray(words).map((word) => toText(word))}`;
      }),
    );
    expect(everything.join("\n")).toContain(session.digest);
    expect(everything.join("\n")).not.toContain(token);
  });

  it("lives for the idle limit, and never past the absolute one", async () => {
    const life = async (idleMs: number, maxMs: number) => {
      const input = { operatorId: "op_a", via: "password", agent: "" } as const;
      const { session } = await createSession(store, input, { idleMs, maxMs });
      return toInt(await store.command("PTTL", consoleKeys.operatorSession(session.digest)));
    };
    expect(await life(60_000, 3_600_000)).toBeLessThanOrEqual(60_000);
    expect(await life(60_000, 3_600_000)).toBeGreaterThan(58_000);
    expect(await life(60_000, 5_000)).toBeLessThanOrEqual(5_000);
  });

  it("ends the session that the browser had before", async () => {
    const planted = await begin("op_a");
    const own = await begin("op_b", planted.token);
    expect(await digestsOf("op_a")).toEqual([]);
    expect(await digestsOf("op_b")).toEqual([own.session.digest]);
  });

  it("shows no control characters of the browser's name, and not more than a line of it", async () => {
    const agent = `a\u001b[31m\u202eb${"x".repeat(500)}`;
    const { session } = await createSession(store, { operatorId: "op_a", via: "demo", agent });
    expect(session.agent).toMatch(/^a\[31mbx+$/);
    expect(session.agent).toHaveLength(120);
  });
});

describe("the list of sessions", () => {
  it("names the living, and forgets the others", async () => {
    const [one, two] = [await begin(), await begin()];
    await begin("op_b");
    expect((await listSessions(store, "op_a")).map(({ digest }) => digest).sort()).toEqual(
      [one.session.digest, two.session.digest].sort(),
    );
    await store.command("DEL", consoleKeys.operatorSession(one.session.digest));
    expect(await listSessions(store, "op_a")).toEqual([two.session]);
    expect(await store.command("SCARD", consoleKeys.operatorSessions("op_a"))).toBe(1);
  });

  it("leaves out what a shortened limit has ended", async () => {
    await begin();
    await sleep(5);
    expect(await listSessions(store, "op_a", { idleMs: 60_000, maxMs: 1 })).toEqual([]);
  });
});

describe("revoking", () => {
  it("ends one session of this operator, and nobody else's", async () => {
    const [mine, other] = [await begin("op_a"), await begin("op_b")];
    await addReveal(store, mine.session, "subject", "ref");
    expect(await revokeSession(store, "op_a", other.session.digest)).toBe(false);
    expect(await digestsOf("op_b")).toEqual([other.session.digest]);
    expect(await revokeSession(store, "op_a", mine.session.digest)).toBe(true);
    expect(await revokeSession(store, "op_a", mine.session.digest)).toBe(false);
    expect(await store.command("EXISTS", consoleKeys.reveals(mine.session.digest))).toBe(0);
  });

  it("ends all but one", async () => {
    const sessions = [await begin(), await begin(), await begin()];
    expect(await revokeSessionsOf(store, "op_a", sessions[1]!.session.digest)).toBe(2);
    expect(await digestsOf()).toEqual([sessions[1]!.session.digest]);
    expect(await revokeSessionsOf(store, "op_a")).toBe(1);
    expect(await revokeSessionsOf(store, "op_a")).toBe(0);
    expect(await allKeys()).toEqual([]);
  });

  it("catches a session that is renewed all the while", async () => {
    let current = (await begin()).session;
    const renewing = (async () => {
      for (let next = await refreshAuthentication(store, current); next; ) {
        current = next.session;
        next = await refreshAuthentication(store, current);
      }
    })();
    await sleep(20);
    await revokeSessionsOf(store, "op_a");
    await renewing;
    expect(await digestsOf()).toEqual([]);
  });
});

describe("signing in again", () => {
  it("puts a new session in the old one's place, with its reveals and its masked screen", async () => {
    const { token, session } = await begin();
    await setMasked(store, session, true);
    const { untilMs } = await addReveal(store, session, "subject", "ref");
    await sleep(5);
    const next = await refreshAuthentication(store, session);
    expect(next!.token).not.toBe(token);
    expect(next!.session.authenticatedAtMs).toBeGreaterThan(session.authenticatedAtMs);
    const [listed, ...rest] = await listSessions(store, "op_a");
    expect(rest).toEqual([]);
    expect(listed).toEqual({ ...next!.session, masked: true });
    expect(await revealsOf(next!.session)).toEqual(new Map([["subject", { ref: "ref", untilMs }]]));
    expect(await revealsOf(session)).toEqual(new Map());
    const life = await store.command(
      "HPTTL",
      consoleKeys.reveals(next!.session.digest),
      "FIELDS",
      1,
      "subject",
    );
    expect(toInt(toArray(life)[0])).toBeGreaterThan(REVEAL_MS - 5_000);
  });

  it("does not bring back what was revoked, and works once", async () => {
    const { session } = await begin();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => refreshAuthentication(store, session)),
    );
    const renewed = answers.filter((answer) => answer !== null);
    expect(renewed).toHaveLength(1);
    await revokeSession(store, "op_a", renewed[0]!.session.digest);
    expect(await refreshAuthentication(store, renewed[0]!.session)).toBeNull();
    expect(await allKeys()).toEqual([]);
  });

  it("does not wake a revoked session by masking it", async () => {
    const { session } = await begin();
    expect(await setMasked(store, session, true)).toBe(true);
    await revokeSession(store, "op_a", session.digest);
    expect(await setMasked(store, session, false)).toBe(false);
    expect(await allKeys()).toEqual([]);
  });
});

describe("reveals", () => {
  it("end by themselves, each on its own, and with the session at the latest", async () => {
    const { session } = await begin();
    const soon = { idleMs: 60_000, maxMs: Date.now() - session.createdAtMs + 150 };
    await addReveal(store, session, "short", "ref-1", soon);
    await addReveal(store, session, "long", "ref-2");
    expect([...(await revealsOf(session)).keys()].sort()).toEqual(["long", "short"]);
    await sleep(200);
    expect([...(await revealsOf(session)).keys()]).toEqual(["long"]);
    expect(await store.command("HEXISTS", consoleKeys.reveals(session.digest), "short")).toBe(0);
  });

  it("can be ended, and begun anew", async () => {
    const { session } = await begin();
    const first = await addReveal(store, session, "subject", "ref");
    await sleep(5);
    const second = await addReveal(store, session, "subject", "ref");
    expect(second.untilMs).toBeGreaterThan(first.untilMs);
    expect(second.untilMs).toBeLessThanOrEqual(Date.now() + REVEAL_MS);
    expect(await endReveal(store, session, "subject")).toBe(true);
    expect(await endReveal(store, session, "subject")).toBe(false);
    expect(await revealsOf(session)).toEqual(new Map());
  });
});

/** The action as the wire reaches it: session, right, fresh sign-in, grounds, intent, and then only the run. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Role } from "../../auth/permissions";
import { sealRef } from "../../refs";
import { subjectOf } from "../../subjects";
import { allKeys } from "../../testing/keyspace";
import { personCommands } from "../../testing/people";
import { startRedisServer, type TestServer } from "../../testing/redis";
import { allEntries } from "../audit-chain/test-kit";
import { setOperatorRole } from "../sign-in/operator-changes";
import { createOperator } from "../sign-in/operators";
import { createSession } from "../sign-in/sessions";
import { FRESH_MS } from "../sign-in/types";
import { Store } from "../store/store";
import { readRun } from "./run-state";

const request = vi.hoisted(() => ({ token: "", origin: "http://127.0.0.1:3000" as string | null }));
vi.mock("next/headers", () => ({
  headers: async () =>
    new Headers({ host: "127.0.0.1:3000", ...(request.origin ? { origin: request.origin } : {}) }),
  cookies: async () => ({ get: () => ({ value: request.token }) }),
}));

const alice = Buffer.from("alice");
/** The environment is read with the first reference, and must name the servers by then. */
const input = () => ({
  ...{ ref: sealRef("user", alice), typedId: "alice", includeRefs: [] },
  ...{ ground: "b" as const, ticket: "DSR-2026-014" },
});

let servers: TestServer[];
let store: Store;
let own: Store;
let start: typeof import("./actions").startErasureAction;

beforeAll(async () => {
  servers = await Promise.all([startRedisServer(), startRedisServer()]);
  vi.stubEnv("REDIS_URL", servers[0]!.url);
  vi.stubEnv("CONSOLE_REDIS_URL", servers[1]!.url);
  [store, own] = servers.map(({ url }) => new Store(url)) as [Store, Store];
  start = (await import("./actions")).startErasureAction;
});
beforeEach(async () => {
  request.origin = "http://127.0.0.1:3000";
  await own.command("ACL", "SETUSER", "default", "resetkeys", "~*");
  await Promise.all([store.command("FLUSHALL"), own.command("FLUSHALL")]);
  await store.pipeline(personCommands(alice));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  for (const one of [store, own]) one.close();
  await Promise.all(servers.map((server) => server.remove()));
});

async function signIn(role: Role, authenticatedAtMs = Date.now()) {
  const operator = await createOperator(own, { name: role, role, password: null, via: "oidc" });
  const { token } = await createSession(own, {
    ...{ operatorId: operator.id, via: "oidc", agent: "test", authenticatedAtMs },
  });
  request.token = token;
  return operator;
}
const ofAlice = async () => (await allKeys(store)).filter((key) => key.startsWith("user:alice:"));
/** Each test empties the log, and the chain notices that. */
const entries = async () => (await allEntries(own)).filter(({ action }) => action !== "audit.lost");

test("an officer's erasure: intent, start and end, all of one request and without the id", async () => {
  const officer = await signIn("compliance");
  const answer = await start(input());
  expect(answer).toMatchObject({ ok: true, data: { started: true, run: { ground: "Art. 17(1)(b)" } } });
  await expect.poll(async () => (await readRun(own, alice))?.status).toBe("verified");
  const all = await entries();
  expect(all.find(({ outcome }) => outcome === "intent")).toBe(all[0]);
  expect(all.map(({ action, outcome }) => `${action} ${outcome}`).sort()).toEqual([
    "erasure.run ok",
    "erasure.start intent",
    "erasure.start ok",
  ]);
  for (const entry of all) {
    expect(entry).toMatchObject({
      ...{ operator: officer.id, role: "compliance", requestId: all[0]!.requestId },
      ...{ subject: subjectOf(alice), reason: "Art. 17(1)(b)", ticket: "DSR-2026-014" },
    });
  }
  expect(JSON.stringify(all)).not.toMatch(/alice/);
  expect(await ofAlice()).toEqual([]);
});

describe("nothing is erased", () => {
  const untouched = async () => expect(await ofAlice()).not.toEqual([]);

  test("when the audit log cannot be written", async () => {
    await signIn("admin");
    // This Redis user may do everything but touch the log.
    const others = ["sign-in", "doors", "erasure"].map((name) => `~console:${name}:*`);
    await own.command("ACL", "SETUSER", "default", "resetkeys", ...others);
    expect(await start(input())).toMatchObject({ ok: false, error: { code: "audit_unavailable" } });
    await untouched();
    expect(await readRun(own, alice)).toBeNull();
  });

  test("when the console's memory is full", async () => {
    await signIn("admin");
    await own.command("CONFIG", "SET", "maxmemory", "1");
    try {
      expect((await start(input())).ok).toBe(false);
    } finally {
      await own.command("CONFIG", "SET", "maxmemory", "0");
    }
    await untouched();
    expect(await readRun(own, alice)).toBeNull();
  });

  test.each(["support", "developer"] as const)("by %s", async (role) => {
    await signIn(role);
    expect(await start(input())).toMatchObject({ ok: false, error: { code: "forbidden" } });
    await untouched();
    expect(await entries()).toMatchObject([{ role, action: "erasure.start", outcome: "refused" }]);
  });

  test("after a sign-in of more than five minutes ago", async () => {
    await signIn("compliance", Date.now() - FRESH_MS - 1_000);
    expect(await start(input())).toMatchObject({ ok: false, error: { code: "sign_in_again" } });
    await untouched();
  });

  test.each([null, "null", "http://127.0.0.1:3001", "https://evil.example"])(
    "from the origin %j",
    async (origin) => {
      await signIn("compliance");
      request.origin = origin;
      expect(await start(input())).toMatchObject({ ok: false, error: { code: "bad_origin" } });
      await untouched();
    },
  );

  test.each([
    ["ticket", { ticket: "for alice" }],
    ["ticket", { ticket: "" }],
    ["ground", { ground: "z" as "a" }],
  ])("with another %s: %j", async (field, wrong) => {
    await signIn("compliance");
    expect(await start({ ...input(), ...wrong })).toMatchObject({
      ok: false,
      error: { code: "invalid_input", field },
    });
    await untouched();
    const all = await entries();
    expect(all.filter(({ outcome }) => outcome === "intent")).toEqual([]);
    expect(JSON.stringify(all)).not.toMatch(/alice/);
  });

  test("with another id typed: the intent is there, and that it was refused", async () => {
    await signIn("compliance");
    const answer = await start({ ...input(), typedId: "Alice" });
    expect(answer).toMatchObject({ ok: false, error: { code: "invalid_input", field: "typedId" } });
    await untouched();
    expect((await entries()).map(({ outcome }) => outcome)).toEqual(["intent", "refused"]);
  });
});

test("a role taken away midway stops the run", async () => {
  const officer = await signIn("compliance");
  for (let at = 0; at < 60_000; at += 5_000) {
    await store.pipeline(
      Array.from({ length: 5_000 }, (_, n) => ["RPUSH", `user:alice:history:${at + n}`, "m"] as const),
    );
  }
  expect((await start(input())).ok).toBe(true);
  await expect
    .poll(async () => (await readRun(own, alice))?.phase, { interval: 5, timeout: 15_000 })
    .toBe("erasing");
  await setOperatorRole(own, officer.id, "support");
  await expect.poll(async () => (await readRun(own, alice))?.status, { timeout: 15_000 }).toBe("failed");
  const run = (await readRun(own, alice))!;
  expect(run.reason).toMatch(/^The right to erase was taken away/);
  expect((await ofAlice()).length).toBeGreaterThan(0);
  expect((await entries()).at(-1)).toMatchObject({
    ...{ action: "erasure.run", outcome: "failed", code: "forbidden", role: "compliance" },
  });
}, 60_000);

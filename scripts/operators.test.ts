import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { consoleKeys } from "../lib/redis/console-keys";
import { findOperatorByName } from "../lib/redis/sign-in/operators";
import { listSessions } from "../lib/redis/sign-in/sessions";
import { signInWithPassword } from "../lib/redis/sign-in/sign-in";
import { toArray, toMap, toText } from "../lib/redis/store/reply";
import { Store } from "../lib/redis/store/store";
import { testRedis } from "../lib/testing/redis";
import { run } from "./lib/processes.mjs";
import { PROJECT_ROOT } from "./lib/project.mjs";
import { readArguments } from "./lib/run-operators.mjs";
import { carryOut, type Order } from "./operators/orders";

const redis = testRedis({ queryEngine: false });
let store: Store;

beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

async function operators(words: string[], { input, env }: { input?: string; env?: object } = {}) {
  const { REDIS_URL: _, CONSOLE_REDIS_URL: __, AUDIT_MIRROR: ___, ...rest } = process.env;
  const args = ["scripts/operators.mjs", ...words];
  const { code, stdout, stderr } = await run(process.execPath, args, {
    cwd: PROJECT_ROOT,
    env: { ...rest, REDIS_URL: redis.url(), ...env },
    input,
    timeoutMs: 30_000,
  });
  return { code, said: stdout.trim(), failed: stderr.trim() };
}

/** What the audit log holds, oldest first. */
async function auditTrail() {
  const entries = toArray(await store.command("XRANGE", consoleKeys.auditEntries(), "-", "+"));
  return entries.map((entry) => {
    const fields = toMap(toArray(entry)[1]!);
    return JSON.parse(toText([...fields.values()][0]!)) as Record<string, unknown>;
  });
}

const signIn = (name: string, password: string) =>
  signInWithPassword(store, { name, password, address: "192.0.2.1", agent: "Firefox" });

test.each([
  [["add", "Bob"], "--role goes with add"],
  [["list", "--role", "admin"], "--role goes with add"],
  [["disable"], "does not go with these words"],
  [["role", "Bob"], "does not go with these words"],
  [["list", "--password-stdin"], "takes no password"],
  [["erase", "Ada"], "There is no command"],
  [["constructor"], "There is no command"],
  [["list", "--verbose"], "usage"],
])("%j is not understood, and how it goes is said", (words, why) => {
  expect(() => readArguments("usage", words)).toThrow(why);
  expect(() => readArguments("usage", words)).toThrow("usage");
});

describe("an order", () => {
  const carry = (command: string, name?: string, more: Partial<Order> = {}) =>
    carryOut(store, { command, name, password: null, ...more });

  test("adds, lists, changes and signs out, and writes all of it down without a name", async () => {
    const added = await carry("add", "Grace Hopper", { role: "support" });
    const password = /Password\s+(\S+)/.exec(added)![1]!;
    const { operator } = await signIn("Grace Hopper", password);
    expect(operator).toMatchObject({ role: "support", mustChangePassword: true });

    const listed = await carry("list");
    expect(listed).toMatch(/Grace Hopper +support +password +must change password +\S+ \S+ UTC +1 +op_/);
    expect(listed).not.toContain(password);

    expect(await carry("role", "grace hopper", { role: "developer" })).toContain("support → developer");
    expect(await carry("sign-out", "Grace Hopper")).toContain("(1)");
    expect(await listSessions(store, operator.id)).toEqual([]);
    await carry("disable", "Grace Hopper");
    await expect(signIn("Grace Hopper", password)).rejects.toMatchObject({ code: "forbidden" });
    await carry("enable", "Grace Hopper");
    expect(await findOperatorByName(store, "Grace Hopper")).toMatchObject({
      role: "developer",
      disabled: false,
    });

    const trail = await auditTrail();
    expect(trail.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(
      ["add", "role", "sign-out", "disable", "enable"].flatMap((word) => [
        `operators.${word} intent`,
        `operators.${word} ok`,
      ]),
    );
    const reason = `${operator.id}: support → developer`;
    expect(trail[3]).toMatchObject({ operator: "command-line", role: "none", reason });
    expect(JSON.stringify(trail)).not.toMatch(/grace/i);
    expect(JSON.stringify(trail)).not.toContain(password);
  });

  test("that cannot be carried out says why, and stands in the log as failed", async () => {
    await carry("add", "Ada", { role: "admin" });
    await expect(carry("disable", "Ada")).rejects.toThrow("last administrator");
    await expect(carry("add", "ADA", { role: "support" })).rejects.toThrow("of that name already");
    await expect(carry("add", "Bob", { role: "root" })).rejects.toThrow("A role is one of");
    await expect(carry("role", "Nobody", { role: "admin" })).rejects.toThrow("no operator of the name");
    const failures = (await auditTrail()).filter(({ outcome }) => outcome === "failed");
    expect(failures).toMatchObject([
      { action: "operators.disable", code: "conflict" },
      { action: "operators.add", code: "conflict" },
    ]);
  });
});

/** Each call is a process of its own that reads TypeScript. */
describe("npm run operators", { timeout: 60_000 }, () => {
  test("takes a password from standard input, and says it nowhere", async () => {
    const words = ["add", "Ada", "--role", "admin", "--password-stdin"];
    const added = await operators(words, { input: "tulips-umbrella-arctic\nanother line" });
    expect(added).toEqual({ code: 0, said: "Ada is added (admin).", failed: "" });
    await signIn("Ada", "tulips-umbrella-arctic");
    const nothing = await operators(["reset-password", "Ada", "--password-stdin"], { input: "" });
    expect(nothing).toMatchObject({ code: 1, failed: expect.stringContaining("standard input") });
    const last = await operators(["disable", "Ada"]);
    expect(last).toMatchObject({ code: 1, said: "", failed: expect.stringContaining("last administrator") });
  });

  test("does nothing that it cannot write down", async () => {
    const env = { AUDIT_MIRROR: "/nowhere/at/all.jsonl" };
    const refused = await operators(["add", "Ada", "--role", "admin"], { env });
    expect(refused).toMatchObject({ code: 1, said: "" });
    expect(refused.failed).toContain("ENOENT");
    expect(await findOperatorByName(store, "Ada")).toBeNull();
  });

  test("finds the store that npm start keeps, without anything running", async () => {
    const data = mkdtempSync(join(tmpdir(), "memory-console-operators-"));
    const env = { REDIS_URL: "", CONSOLE_SECRET: "" };
    try {
      const none = await operators(["list", "--data", data], { env });
      expect(none).toMatchObject({ code: 1, failed: expect.stringContaining("npm start first") });
      mkdirSync(join(data, "empty"));
      expect(await operators(["add", "Ada", "--role", "admin", "--data", data], { env })).toMatchObject({
        code: 0,
        failed: "",
      });
      const listed = await operators(["list", "--data", data, "--empty"], { env });
      expect(listed.said).toMatch(/Ada +admin +password +must change password +never +0 +op_/);
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  });
});

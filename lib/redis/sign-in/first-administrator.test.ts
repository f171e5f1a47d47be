import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startRedisServer, testRedis } from "../../testing/redis";
import { consoleKeys } from "../console-keys";
import { toInt } from "../store/reply";
import { Store } from "../store/store";
import type { Command, Reply } from "../store/wire";
import { createFirstAdministrator, newCandidate } from "./first-administrator";
import { welcomeFirstAdministrator } from "./first-start";
import { createOperator, listOperators } from "./operators";
import { signInDemo, signInWithPassword } from "./sign-in";

const redis = testRedis({ queryEngine: false });
let store: Store;

beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

const connections = () => Array.from({ length: 20 }, () => new Store(redis.url()));
const add = (name: string) =>
  createOperator(store, { name, role: "support", password: null, via: "password" });

describe("createFirstAdministrator", () => {
  it("makes one when twenty consoles start at once, and its password opens the door", async () => {
    const clients = connections();
    const answers = await Promise.all(clients.map((client) => createFirstAdministrator(client)));
    for (const client of clients) client.close();
    const made = answers.filter((answer) => answer !== null);
    expect(made).toHaveLength(1);
    const { name, password } = made[0]!;
    expect(await listOperators(store)).toMatchObject([
      { name: "admin", role: "admin", mustChangePassword: true },
    ]);
    const signedIn = await signInWithPassword(store, { name, password, address: "::1", agent: "" });
    expect(signedIn.operator).toMatchObject({ name: "admin", role: "admin" });
    expect(await createFirstAdministrator(store)).toBeNull();
  });

  it("makes none where there are operators, even disabled or damaged ones", async () => {
    const { id } = await add("Ada");
    expect(await createFirstAdministrator(store)).toBeNull();
    await store.command("DEL", consoleKeys.operator(id));
    expect(await createFirstAdministrator(store)).toBeNull();
  });

  it("makes one where only a demo was, whose operators come in no more", async () => {
    await signInDemo(store, { role: "admin", agent: "" }, true);
    expect(await createFirstAdministrator(store)).toMatchObject({ name: "admin" });
  });
});

describe("an answer that was lost", () => {
  it("does not lose the password: asked again, the candidate that was made is known", async () => {
    class Losing extends Store {
      override async command(...command: Command): Promise<Reply> {
        const reply = await super.command(...command);
        if (command[0] === "EVAL") throw new Error("the connection broke");
        return reply;
      }
    }
    const losing = new Losing(redis.url());
    const candidate = newCandidate();
    await expect(createFirstAdministrator(losing, candidate)).rejects.toThrow("broke");
    losing.close();
    expect(await createFirstAdministrator(store, candidate)).toEqual(candidate);
    expect(await createFirstAdministrator(store)).toBeNull();
  });
});

describe("welcomeFirstAdministrator", () => {
  it("is said once by twenty consoles that start at once, and written down without the password", async () => {
    const said: string[] = [];
    const clients = connections();
    const print = (text: string) => said.push(text);
    await Promise.all(clients.map((client) => welcomeFirstAdministrator(client, { isDemo: false, print })));
    for (const client of clients) client.close();
    expect(said).toHaveLength(1);
    const [, name, password] = /Name +(\S+)\n +Password +(\S+)/.exec(said[0]!)!;
    const input = { name: name!, password: password!, address: "::1", agent: "" };
    expect((await signInWithPassword(store, input)).operator.role).toBe("admin");
    const trail = JSON.stringify(
      await store.command("XRANGE", consoleKeys.auditEntries(), "-", "+"),
      (_, value) => (value?.type === "Buffer" ? Buffer.from(value.data).toString() : value),
    );
    expect(trail).toContain("operators.first");
    expect(trail).not.toContain(password);
    expect(toInt(await store.command("XLEN", consoleKeys.auditEntries()))).toBe(1);
  });

  it("says nothing where somebody is, and does nothing in the demo", async () => {
    const said: string[] = [];
    const print = (text: string) => said.push(text);
    await welcomeFirstAdministrator(store, { isDemo: true, print });
    expect(await listOperators(store)).toEqual([]);
    await add("Ada");
    await welcomeFirstAdministrator(store, { isDemo: false, print });
    expect(said).toEqual([]);
  });

  it("waits for a Redis that is not there yet", async () => {
    const late = await startRedisServer({ queryEngine: false });
    await late.stop();
    const client = new Store(late.url);
    const said: string[] = [];
    const print = (text: string) => said.push(text);
    const welcomed = welcomeFirstAdministrator(client, { isDemo: false, print, retryMs: 50 });
    await sleep(300);
    expect(said).toEqual([]);
    await late.start();
    await welcomed;
    expect(said).toHaveLength(1);
    client.close();
    await late.remove();
  });
});

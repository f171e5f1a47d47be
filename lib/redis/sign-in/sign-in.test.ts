import * as argon2 from "@node-rs/argon2";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testRedis } from "../../testing/redis";
import { Store } from "../store/store";
import type { Command, Reply } from "../store/wire";
import { admit, doorSettings } from "./admit";
import { tokenDigest } from "./digests";
import { setOperatorDisabled, setOperatorPassword } from "./operator-changes";
import { createOperator, listOperators, readOperator } from "./operators";
import { createSession, listSessions, revokeSessionsOf } from "./sessions";
import { changeOwnPassword, signInAgain, signInDemo, signInWithPassword } from "./sign-in";
import type { OperatorRecord } from "./types";

const redis = testRedis({ queryEngine: false });
const password = "tulips-umbrella-arctic";
let store: Store;
let ada: OperatorRecord;

beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(async () => {
  await redis.flush();
  ada = await createOperator(store, { name: "Ada", role: "admin", password, via: "password" });
});
afterAll(() => store.close());

const signIn = (more: Partial<Parameters<typeof signInWithPassword>[1]> = {}) =>
  signInWithPassword(store, { name: "Ada", password, address: "192.0.2.1", agent: "Firefox", ...more });
const isIn = async (token: string) => {
  const knock = { token, address: "192.0.2.1", kind: "read" } as const;
  return (await admit(store, knock, { ...doorSettings(), demo: true })) !== null;
};
const wrong = { code: "forbidden", message: "Name or password is wrong." };

describe("signing in with a password", () => {
  it("begins a session, and says when", async () => {
    const { token, session, operator } = await signIn({ name: " ADA " });
    expect(session).toMatchObject({ operatorId: ada.id, via: "password", agent: "Firefox", masked: false });
    expect(operator.lastSignInAtMs).toBeGreaterThanOrEqual(ada.createdAtMs);
    expect(await readOperator(store, ada.id)).toEqual(operator);
    expect(await isIn(token)).toBe(true);
  });

  it("gives the browser a token that nobody could have planted, and ends the one it came with", async () => {
    const planted = await createSession(store, { operatorId: "op_attacker", via: "password", agent: "" });
    const { token } = await signIn({ previousToken: planted.token });
    expect(token).not.toBe(planted.token);
    expect(await isIn(planted.token)).toBe(false);
    const invented = "A".repeat(43);
    const next = await signIn({ previousToken: invented });
    expect(next.session.digest).not.toBe(tokenDigest(invented));
    expect(await isIn(invented)).toBe(false);
  });

  it("leaves the session that the browser has alone when it fails", async () => {
    const { token } = await signIn();
    await expect(signIn({ password: "wrong", previousToken: token })).rejects.toMatchObject(wrong);
    expect(await isIn(token)).toBe(true);
  });
});

describe("one answer, after the same work", () => {
  /** A store that writes down the names of the commands, in order. */
  class Recording extends Store {
    sent: string[] = [];
    override command(...command: Command): Promise<Reply> {
      this.sent.push(command[0]);
      return super.command(...command);
    }
    override transaction(commands: readonly Command[]): Promise<Reply[]> {
      this.sent.push(commands.map(([name]) => name).join(" "));
      return super.transaction(commands);
    }
  }

  /** Both kinds: the kernel guesses at clock ticks which of the two it was. */
  const cpuMicros = () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  };

  it("for an unknown name, a wrong password, a disabled operator and one without password", async () => {
    await createOperator(store, { name: "Oidc", role: "support", password: null, via: "oidc" });
    const off = await createOperator(store, { name: "Off", role: "support", password, via: "password" });
    await setOperatorDisabled(store, off.id, true);
    const recording = new Recording(redis.url());
    const answers = [];
    for (const [name, typed] of [
      ["Ada", "a wrong password"],
      ["Nobody", password],
      ["Off", password],
      ["Oidc", password],
      ["Oidc", ""],
      ["\0oidc", password],
    ] as const) {
      recording.sent = [];
      const startedAt = cpuMicros();
      const failure = await signInWithPassword(recording, {
        name,
        password: typed,
        address: "192.0.2.1",
        agent: "",
      }).catch((error: unknown) => error);
      const cpuMs = (cpuMicros() - startedAt) / 1000;
      answers.push({ failure, sent: [...recording.sent] });
      // A hash costs some 15 ms of a core, on a fast one 5; without one the whole attempt costs less than 2.
      expect(cpuMs, name).toBeGreaterThan(2);
    }
    recording.close();
    for (const { failure, sent } of answers) {
      expect(failure).toMatchObject(wrong);
      expect((failure as { details: object }).details).toEqual({});
      expect(sent).toEqual(answers[0]!.sent);
    }
  });

  it("with a hash of the same cost where there is none", async () => {
    const options = argon2.parseOptions(await argon2.hash("x", { memoryCost: 19_456, timeCost: 2 }));
    expect(options).toMatchObject({ memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    expect(options.algorithm).toBe(2);
  });
});

describe("signing in again", () => {
  it("changes the token and the time, and the old token is worth nothing", async () => {
    const before = await signIn();
    const after = await signInAgain(store, { ...before, password });
    expect(after.session.authenticatedAtMs).toBeGreaterThanOrEqual(before.session.authenticatedAtMs);
    expect([await isIn(before.token), await isIn(after.token)]).toEqual([false, true]);
    await expect(signInAgain(store, { ...before, password })).rejects.toMatchObject({ code: "signed_out" });
  });

  it("demands the operator's own password, ten times", async () => {
    const before = await signIn();
    for (let n = 0; n < 10; n++) {
      await expect(signInAgain(store, { ...before, password: "wrong" })).rejects.toMatchObject(wrong);
    }
    const late = signInAgain(store, { ...before, password });
    await expect(late).rejects.toMatchObject({ code: "too_many_requests" });
    expect(await isIn(before.token)).toBe(true);
  });
});

describe("a password that changes", () => {
  it("by its owner ends all other sessions and renews this one", async () => {
    const [here, there] = [await signIn(), await signIn()];
    const next = "penguins-violin-comet";
    const wrongly = changeOwnPassword(store, { ...here, current: "wrong", next });
    await expect(wrongly).rejects.toMatchObject(wrong);
    const same = changeOwnPassword(store, { ...here, current: password, next: password });
    await expect(same).rejects.toMatchObject({ code: "invalid_input", details: { field: "next" } });
    const after = await changeOwnPassword(store, { ...here, current: password, next });
    expect([await isIn(here.token), await isIn(there.token), await isIn(after.token)]).toEqual([
      false,
      false,
      true,
    ]);
    await expect(signIn()).rejects.toMatchObject(wrong);
    expect((await signIn({ password: next })).operator.id).toBe(ada.id);
  });

  it("by an administrator lets nobody stay who is signing in with the old one at that moment", async () => {
    for (let round = 0; round < 8; round++) {
      const old = `${password}-${round}`;
      await setOperatorPassword(store, ada.id, old, "another");
      await revokeSessionsOf(store, ada.id);
      const reset = async () => {
        await setOperatorPassword(store, ada.id, `${password}-${round + 1}`, "another");
        await revokeSessionsOf(store, ada.id);
      };
      await Promise.allSettled([signIn({ password: old }), signIn({ password: old }), reset()]);
      expect(await listSessions(store, ada.id)).toEqual([]);
    }
  });
});

describe("the demo", () => {
  const demo = (more: Partial<Parameters<typeof signInDemo>[1]> = {}, isDemo = true) =>
    signInDemo(store, { role: "support", agent: "", ...more }, isDemo);

  it("signs in with one click, and makes each operator once", async () => {
    const clicks = await Promise.all(Array.from({ length: 20 }, () => demo()));
    expect(new Set(clicks.map(({ operator }) => operator.id)).size).toBe(1);
    expect(clicks[0]!.operator).toMatchObject({ name: "Demo support", role: "support", via: "demo" });
    await demo({ role: "compliance" });
    const names = (await listOperators(store)).map(({ name }) => name);
    expect(names).toEqual(["Ada", "Demo compliance", "Demo support"]);
  });

  it("opens nothing outside of the demo, and nothing by a password", async () => {
    await expect(demo({}, false)).rejects.toMatchObject({ code: "forbidden" });
    await demo();
    await expect(signIn({ name: "Demo support", password: "" })).rejects.toMatchObject(wrong);
  });

  it("does not take over a real operator of such a name", async () => {
    await createOperator(store, { name: "demo SUPPORT", role: "admin", password, via: "password" });
    await expect(demo()).rejects.toMatchObject({ code: "conflict" });
  });

  it("signs in again as the same operator only", async () => {
    const before = await demo();
    const after = await demo({ again: before.session });
    expect([await isIn(before.token), await isIn(after.token)]).toEqual([false, true]);
    const other = demo({ role: "admin", again: after.session });
    await expect(other).rejects.toMatchObject({ code: "forbidden" });
  });
});

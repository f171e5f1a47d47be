import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testRedis } from "../../testing/redis";
import { Store } from "../store/store";
import { ATTEMPT_LIMITS, countAttempt, waitInWords } from "./attempts";
import { createOperator } from "./operators";
import { listSessions } from "./sessions";
import { signInWithPassword } from "./sign-in";
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
  signInWithPassword(store, { name: "Ada", password, address: "192.0.2.1", agent: "", ...more });

describe("attempts", () => {
  it("are ten in a quarter of an hour for an account, known or not, and the right password is no help", async () => {
    for (const name of ["Ada", "Nobody"]) {
      for (let n = 0; n < 10; n++) {
        await countAttempt(store, { name: n % 2 ? name : name.toUpperCase(), address: `192.0.2.${n}` });
      }
      await expect(signIn({ name, address: "198.51.100.1" })).rejects.toMatchObject({
        code: "too_many_requests",
        message: "Too many attempts to sign in.",
        details: { hint: "Try again in 15 minutes." },
      });
    }
    expect(await listSessions(store, ada.id)).toEqual([]);
  });

  it("are fifty for an address, whatever the names", async () => {
    for (let n = 0; n < 50; n++) await countAttempt(store, { name: `name ${n}`, address: "192.0.2.7" });
    await expect(signIn({ address: "192.0.2.7" })).rejects.toMatchObject({ code: "too_many_requests" });
    expect((await signIn({ address: "192.0.2.8" })).operator.name).toBe("Ada");
  });

  it("are counted before the password is looked at, so that many at once are no more than ten", async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 30 }, () => signIn({ password: "a wrong password" })),
    );
    const codes = answers.map((answer) => (answer.status === "rejected" ? answer.reason.code : "in"));
    expect(codes.filter((code) => code === "forbidden")).toHaveLength(10);
    expect(codes.filter((code) => code === "too_many_requests")).toHaveLength(20);
  });

  it("of an account are forgotten after a success", async () => {
    for (let n = 0; n < 9; n++) await countAttempt(store, { name: "Ada", address: "192.0.2.1" });
    await signIn();
    for (let n = 0; n < 10; n++) await countAttempt(store, { name: "Ada", address: "192.0.2.1" });
    await expect(signIn()).rejects.toMatchObject({ code: "too_many_requests" });
  });

  it("begin anew when the window is over", async () => {
    const limits = { ...ATTEMPT_LIMITS, perAccount: 1, windowSeconds: 1 };
    const attempt = () => countAttempt(store, { name: "Ada", address: "192.0.2.1" }, limits);
    await attempt();
    await expect(attempt()).rejects.toMatchObject({ details: { hint: "Try again in 1 second." } });
    await expect.poll(() => attempt().then(() => "in"), { timeout: 3_000, interval: 100 }).toBe("in");
  });

  it.each([
    [0, "1 second"],
    [1_001, "2 seconds"],
    [90_000, "90 seconds"],
    [90_001, "2 minutes"],
    [899_000, "15 minutes"],
  ])("%i ms are %s", (ms, words) => {
    expect(waitInWords(ms)).toBe(words);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testRedis } from "../../testing/redis";
import { setOperatorDisabled } from "../sign-in/operator-changes";
import { createOperator, readOperator } from "../sign-in/operators";
import { createSession, listSessions } from "../sign-in/sessions";
import { signInWithPassword } from "../sign-in/sign-in";
import { Store } from "../store/store";
import {
  addOperator,
  changeRole,
  listOperatorRows,
  listOperatorSessions,
  resetPassword,
  signOutEverywhere,
  signOutOne,
} from "./operations";

const redis = testRedis({ queryEngine: false });
let store: Store;

beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

const own = "tulips-umbrella-arctic";
const add = (name: string, more: Partial<Parameters<typeof addOperator>[1]> = {}) =>
  addOperator(store, { name, role: "support", password: own, ...more });
const signIn = (name: string, password: string) =>
  signInWithPassword(store, { name, password, address: "192.0.2.1", agent: "Firefox" });
const nobody = "op_0000000000000000";

describe("adding", () => {
  it("makes up a password that opens the door and has to be changed", async () => {
    const made = await add("Ada", { password: null });
    const { operator } = await signIn("Ada", made.password!);
    expect(operator).toMatchObject({ id: made.id, name: "Ada", role: "support", mustChangePassword: true });
  });

  it("takes a password that was given, and does not repeat it", async () => {
    expect(await add("Ada")).toMatchObject({ name: "Ada", password: null });
    expect((await signIn("Ada", own)).operator.mustChangePassword).toBe(true);
    await expect(add("Bob", { password: "bob" })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(add("ada", { password: null })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("the list", () => {
  it("says where everybody is, who looks, and who cannot go", async () => {
    const [ada, bob] = [await add("Ada", { role: "admin" }), await add("Bob", { role: "admin" })];
    await signIn("Bob", own);
    await signIn("Bob", own);
    const rows = await listOperatorRows(store, ada.id);
    expect(rows).toMatchObject([
      { name: "Ada", self: true, sessions: 0, lastAdministrator: false, lastSignInAtMs: null },
      { name: "Bob", self: false, sessions: 2, lastAdministrator: false },
    ]);
    expect(JSON.stringify(rows)).not.toContain("argon2");
    await setOperatorDisabled(store, bob.id, true);
    const after = await listOperatorRows(store, null);
    expect(after.map(({ lastAdministrator }) => lastAdministrator)).toEqual([true, false]);
  });
});

describe("changing", () => {
  it("the role, when it is still the one that was looked at", async () => {
    const { id } = await add("Ada");
    expect(await changeRole(store, { id, from: "support", role: "developer" })).toMatchObject({
      role: "developer",
    });
    const late = changeRole(store, { id, from: "support", role: "compliance" });
    await expect(late).rejects.toMatchObject({ code: "conflict" });
    await expect(changeRole(store, { id: nobody, from: "admin", role: "support" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("no role that comes from the identity provider", async () => {
    const oidc = await createOperator(store, { name: "Eve", role: "support", password: null, via: "oidc" });
    const change = changeRole(store, { id: oidc.id, from: "support", role: "admin" });
    await expect(change).rejects.toMatchObject({ code: "conflict" });
    expect(await readOperator(store, oidc.id)).toEqual(oidc);
  });

  it("the password, which signs out everywhere", async () => {
    const { id } = await add("Ada");
    await signIn("Ada", own);
    const reset = await resetPassword(store, { id, password: null, selfId: nobody });
    expect(reset).toMatchObject({ name: "Ada", sessions: 1 });
    expect(await listSessions(store, id)).toEqual([]);
    await expect(signIn("Ada", own)).rejects.toMatchObject({ code: "forbidden" });
    expect((await signIn("Ada", reset.password!)).operator.mustChangePassword).toBe(true);
  });

  it("not one's own password", async () => {
    const { id } = await add("Ada");
    const reset = resetPassword(store, { id, password: null, selfId: id });
    await expect(reset).rejects.toMatchObject({ code: "conflict" });
    await expect(resetPassword(store, { id: nobody, password: null, selfId: id })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("sessions of an operator", () => {
  it("are listed, and end one by one or all at once", async () => {
    const { id } = await add("Ada");
    const made = [];
    for (const agent of ["one", "two", "three"]) {
      made.push(await createSession(store, { operatorId: id, via: "password", agent }));
    }
    const [first, second] = made.map(({ session }) => session);
    const listed = await listOperatorSessions(store, id, first!);
    expect(listed.filter(({ current }) => current).map(({ agent }) => agent)).toEqual(["one"]);
    expect(JSON.stringify(listed)).not.toContain(made[0]!.token);
    expect(await signOutOne(store, { id, digest: second!.digest })).toEqual({ sessions: 1 });
    expect(await signOutOne(store, { id, digest: second!.digest })).toEqual({ sessions: 0 });
    expect(await signOutEverywhere(store, id)).toEqual({ sessions: 2 });
    for (const ask of [
      listOperatorSessions(store, nobody, first!),
      signOutEverywhere(store, nobody),
      signOutOne(store, { id: nobody, digest: first!.digest }),
    ]) {
      await expect(ask).rejects.toMatchObject({ code: "not_found" });
    }
  });
});

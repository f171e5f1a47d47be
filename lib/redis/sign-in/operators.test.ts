import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testRedis } from "../../testing/redis";
import { consoleKeys } from "../console-keys";
import { Store } from "../store/store";
import { setOperatorDisabled, setOperatorPassword, setOperatorRole } from "./operator-changes";
import {
  type CreateOperatorInput,
  createOperator,
  findOperatorByName,
  findOperatorByOidc,
  listOperators,
  readOperator,
  readOperators,
} from "./operators";
import { signInDemo } from "./sign-in";

const redis = testRedis({ queryEngine: false });
let store: Store;

beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

/** Without a password, to be quick. */
const add = (name: string, more: Partial<CreateOperatorInput> = {}) =>
  createOperator(store, { name, role: "support", password: null, via: "password", ...more });
const connections = () => Array.from({ length: 20 }, () => new Store(redis.url()));
const enabledAdmins = async () =>
  (await listOperators(store)).filter(({ role, disabled }) => role === "admin" && !disabled);

describe("createOperator", () => {
  it("keeps the name as it was given and finds it however it is written", async () => {
    const made = await add("  Grace  Hopper ");
    expect(made).toMatchObject({ name: "Grace  Hopper", role: "support", disabled: false, via: "password" });
    expect(made.id).toMatch(/^op_[\w-]{16}$/);
    for (const name of ["grace hopper", "GRACE HOPPER", " Ｇｒａｃｅ Hopper", "Grace\u00a0Hopper"]) {
      expect(await findOperatorByName(store, name), name).toEqual(made);
    }
    expect(await findOperatorByName(store, "gracehopper")).toBeNull();
  });

  it("makes one operator when twenty are created at once with one name", async () => {
    const clients = connections();
    const answers = await Promise.allSettled(
      clients.map((client, at) =>
        createOperator(client, {
          name: at % 2 ? "STRASSE" : "Straße",
          role: "admin",
          password: null,
          via: "password",
        }),
      ),
    );
    for (const client of clients) client.close();
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refused = answers.find(({ status }) => status === "rejected");
    expect(refused).toMatchObject({ reason: { code: "conflict", details: { field: "name" } } });
    expect(await listOperators(store)).toHaveLength(1);
    expect(await store.command("DBSIZE")).toBe(2);
  });

  it.each(["", "   ", "x".repeat(65), "a\u0000b", "a\nb", "a\u202eb", "a\u200bb", "a\u00adb", "ㅤ", "\ud800"])(
    "refuses %j as a name",
    async (name) => {
      await expect(add(name)).rejects.toMatchObject({ code: "invalid_input", details: { field: "name" } });
    },
  );

  it.each(["__proto__", "constructor", "*", "名前", "🐘".repeat(64), "x:y{z}"])(
    "takes %j as a name",
    async (name) => {
      const made = await add(name);
      expect(await findOperatorByName(store, name)).toEqual(made);
    },
  );

  it("never hands out the hash of the password", async () => {
    const made = await add("Grace", { password: "tulips-umbrella-arctic" });
    for (const operator of [made, await readOperator(store, made.id), ...(await listOperators(store))]) {
      expect(JSON.stringify(operator)).not.toContain("argon2");
    }
  });

  it("knows people of identity providers by issuer and sub together", async () => {
    const subject = { issuer: "https://id.example.org", sub: "7" };
    const made = await add("Ada", { via: "oidc", subject });
    expect(await findOperatorByOidc(store, subject.issuer, "7")).toEqual(made);
    expect(await findOperatorByOidc(store, "https://other.example.org", "7")).toBeNull();
    expect(await findOperatorByOidc(store, subject.issuer, "8")).toBeNull();
    await expect(add("Another Ada", { via: "oidc", subject })).rejects.toMatchObject({ code: "conflict" });
    expect(await listOperators(store)).toEqual([made]);
  });
});

describe("reading operators", () => {
  it("lists everybody by name, and reads many without those that do not exist", async () => {
    const [b, a] = [await add("bob"), await add("Ada")];
    expect(await listOperators(store)).toEqual([a, b]);
    expect(await readOperators(store, [b.id, "op_nobody", a.id, b.id])).toEqual([b, a]);
    expect(await readOperators(store, [])).toEqual([]);
    expect(await readOperator(store, "op_nobody")).toBeNull();
  });

  it("takes a record that is not whole for nobody", async () => {
    const { id } = await add("Ada");
    await store.command("HSET", consoleKeys.operator(id), "role", "root");
    expect(await readOperator(store, id)).toBeNull();
  });
});

describe("changing operators", () => {
  it("changes role and state, and says when somebody else was first", async () => {
    const { id } = await add("Ada");
    expect(await setOperatorRole(store, id, "developer", { expected: "support" })).toMatchObject({
      role: "developer",
    });
    const late = setOperatorRole(store, id, "compliance", { expected: "support" });
    await expect(late).rejects.toMatchObject({ code: "conflict" });
    expect(await setOperatorDisabled(store, id, true)).toMatchObject({ disabled: true, role: "developer" });
    expect(await setOperatorDisabled(store, id, false)).toMatchObject({ disabled: false });
    const nobody = setOperatorRole(store, "op_nobody", "admin");
    await expect(nobody).rejects.toMatchObject({ code: "not_found" });
    expect(await store.command("EXISTS", consoleKeys.operator("op_nobody"))).toBe(0);
  });

  it("keeps the last administrator that can sign in", async () => {
    const ada = await add("Ada", { role: "admin" });
    const bob = await add("Bob", { role: "admin" });
    await setOperatorDisabled(store, bob.id, true);
    await expect(setOperatorDisabled(store, ada.id, true)).rejects.toMatchObject({ code: "conflict" });
    await expect(setOperatorRole(store, ada.id, "developer")).rejects.toMatchObject({ code: "conflict" });
    expect(await setOperatorRole(store, ada.id, "admin")).toEqual(ada);
    await setOperatorRole(store, bob.id, "support");
    await setOperatorDisabled(store, bob.id, false);
    expect(await enabledAdmins()).toEqual([ada]);
    // The identity provider's word counts.
    await setOperatorRole(store, ada.id, "support", { evenLast: true });
    expect(await enabledAdmins()).toEqual([]);
  });

  it("leaves one of two administrators who demote or disable each other at once", async () => {
    for (let round = 0; round < 10; round++) {
      await redis.flush();
      const [ada, bob] = [await add("Ada", { role: "admin" }), await add("Bob", { role: "admin" })];
      const others = [new Store(redis.url()), new Store(redis.url())];
      const answers = await Promise.allSettled([
        setOperatorRole(others[0]!, bob.id, "support"),
        setOperatorDisabled(others[1]!, ada.id, true),
      ]);
      for (const other of others) other.close();
      expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(await enabledAdmins()).toHaveLength(1);
    }
  });

  it("does not count the demo's administrator, and leaves the demo's operators alone", async () => {
    const ada = await add("Ada", { role: "admin" });
    const { operator: demo } = await signInDemo(store, { role: "admin", agent: "" }, true);
    await expect(setOperatorDisabled(store, ada.id, true)).rejects.toMatchObject({ code: "conflict" });
    await expect(setOperatorDisabled(store, demo.id, true)).rejects.toMatchObject({ code: "conflict" });
    await expect(setOperatorRole(store, demo.id, "support")).rejects.toMatchObject({ code: "conflict" });
    const password = setOperatorPassword(store, demo.id, "tulips-umbrella-arctic", "another");
    await expect(password).rejects.toMatchObject({ code: "conflict" });
  });

  it("sets a password, and asks for another where somebody else made it up", async () => {
    const ada = await add("Ada", { password: "tulips-umbrella-arctic" });
    await setOperatorPassword(store, ada.id, "penguins-violin-comet", "another");
    expect(await readOperator(store, ada.id)).toMatchObject({ mustChangePassword: true });
    await setOperatorPassword(store, ada.id, "lanterns-glacier-oboe", "operator");
    expect(await readOperator(store, ada.id)).toMatchObject({ mustChangePassword: false });
    const short = setOperatorPassword(store, ada.id, "short", "operator");
    await expect(short).rejects.toMatchObject({ code: "invalid_input", details: { field: "password" } });
    const nobody = setOperatorPassword(store, "op_nobody", "lanterns-glacier-oboe", "another");
    await expect(nobody).rejects.toMatchObject({ code: "not_found" });
    const oidc = await add("Eve", { via: "oidc" });
    const elsewhere = setOperatorPassword(store, oidc.id, "lanterns-glacier-oboe", "another");
    await expect(elsewhere).rejects.toMatchObject({ code: "conflict" });
  });
});

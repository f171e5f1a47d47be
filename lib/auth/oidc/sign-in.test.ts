import { describe, expect, test } from "vitest";
import { setOperatorDisabled } from "../../redis/sign-in/operator-changes";
import { createOperator, listOperators, readOperator } from "../../redis/sign-in/operators";
import { createSession, listSessions } from "../../redis/sign-in/sessions";
import { ProviderVisitor } from "../../testing/oidc-browser";
import { expectRefusal, oidcWorld, settingsFor, startProvider } from "./test-kit";

const world = oidcWorld();

describe("the groups decide about the role", () => {
  test.each([
    ["s-1", "sam", "support"],
    ["c-1", "cleo", "compliance"],
    ["d-1", "dan", "developer"],
    ["a-1", "ada", "admin"],
  ])("%s, %s, is %s", async (sub, name, role) => {
    const { operator, session, token, next } = await world.signIn(sub);
    expect(operator).toMatchObject({ name, role, via: "oidc", disabled: false, mustChangePassword: false });
    expect(operator.lastSignInAtMs).toBeGreaterThan(Date.now() - 10_000);
    expect(session).toMatchObject({ operatorId: operator.id, via: "oidc", agent: "a test", masked: false });
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(next).toBe("/users");
    expect(await listSessions(world.store(), operator.id)).toEqual([session]);
  });

  test("of several groups the first pair of the configuration decides", async () => {
    expect((await world.signIn("two")).operator.role).toBe("developer");
  });

  test("one group may be said as one text", async () => {
    world.accounts.push({ sub: "text", name: "tess", claims: { groups: "privacy" } });
    expect((await world.signIn("text")).operator.role).toBe("compliance");
  });

  test.each([
    ["none that fits exactly", "none"],
    ["none at all", "empty"],
    ["nothing that is a list of texts", "odd"],
    ["all of them in one text", "joined"],
  ])("who is in %s is refused, and no operator is made", async (_, sub) => {
    world.accounts.push(
      { sub: "empty", name: "eve" },
      { sub: "odd", name: "olaf", claims: { groups: [["helpdesk"], { helpdesk: true }, 7, null] } },
      { sub: "joined", name: "joe", claims: { groups: "helpdesk,memory-admins" } },
    );
    await expectRefusal(world.signIn(sub), "no_group");
    expect(await listOperators(world.store())).toEqual([]);
  });

  test("at every sign-in anew, even for the last administrator", async () => {
    const { operator } = await world.signIn("a-1");
    world.accounts.find(({ sub }) => sub === "a-1")!.groups = ["helpdesk"];
    expect((await world.signIn("a-1")).operator).toMatchObject({ id: operator.id, role: "support" });
    expect((await readOperator(world.store(), operator.id))?.role).toBe("support");
  });

  test("who has left the groups is refused, and what was signed in ends", async () => {
    const { operator } = await world.signIn("a-1");
    world.accounts.find(({ sub }) => sub === "a-1")!.groups = [];
    await expectRefusal(world.signIn("a-1"), "no_group");
    expect(await listSessions(world.store(), operator.id)).toEqual([]);
  });
});

describe("the operator", () => {
  test("is the same at the next sign-in, whatever the name is by then", async () => {
    const { operator } = await world.signIn("a-1");
    world.accounts.find(({ sub }) => sub === "a-1")!.name = "countess";
    expect((await world.signIn("a-1")).operator).toMatchObject({ id: operator.id, name: "ada" });
    expect(await listOperators(world.store())).toHaveLength(1);
  });

  test("is made once by five first sign-ins at once", async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => world.signIn("a-1")));
    expect(new Set(all.map(({ operator }) => operator.id)).size).toBe(1);
    expect(await listOperators(world.store())).toHaveLength(1);
  });

  test("does not become another one of the same name", async () => {
    const password = "a long password of a test";
    const local = await createOperator(world.store(), {
      name: "Ada",
      role: "support",
      password,
      via: "password",
    });
    const { operator } = await world.signIn("a-1");
    expect(operator.id).not.toBe(local.id);
    expect(operator.name).toMatch(/^ada \([0-9a-f]{6}\)$/);
    expect((await readOperator(world.store(), local.id))?.role).toBe("support");
  });

  test("of the same sub at another provider is another one", async () => {
    const { operator } = await world.signIn("a-1");
    const other = await startProvider(world.accounts);
    try {
      const settings = settingsFor(other);
      const { redirectTo, attemptToken } = await world.begin({}, settings);
      const back = await new ProviderVisitor().signIn(redirectTo, "a-1");
      const second = await world.finish(attemptToken, back, settings);
      expect(second.operator.id).not.toBe(operator.id);
    } finally {
      await other.stop();
    }
  });

  test.each([
    ["what people type", { preferred_username: "grace", email: "g@example.org" }, /^grace$/],
    ["the mail address", { preferred_username: "", email: "g@example.org" }, /^g@example\.org$/],
    ["the subject", { preferred_username: 7 }, /^new$/],
    ["nothing invisible", { preferred_username: "ad\u202ea\u0007" }, /^new$/],
    ["nothing endless", { preferred_username: "x".repeat(5_000) }, /^new$/],
  ])("is called by %s", async (_, claims, name) => {
    world.accounts.push({ sub: "new", name: "-", groups: ["privacy"], claims });
    expect((await world.signIn("new")).operator.name).toMatch(name);
  });

  test("that is disabled is refused, without a session", async () => {
    const { operator } = await world.signIn("d-1");
    await setOperatorDisabled(world.store(), operator.id, true);
    const before = await listSessions(world.store(), operator.id);
    await expectRefusal(world.signIn("d-1"), "operator_disabled");
    expect(await listSessions(world.store(), operator.id)).toEqual(before);
  });
});

describe("the session", () => {
  test("that the browser had before ends, another one's too", async () => {
    const first = await world.signIn("a-1");
    const second = await world.signIn("s-1", { session: first.session });
    expect(await listSessions(world.store(), first.operator.id)).toEqual([]);
    expect(await listSessions(world.store(), second.operator.id)).toHaveLength(1);
  });

  test("of others goes on", async () => {
    const first = await world.signIn("a-1");
    await createSession(world.store(), { operatorId: first.operator.id, via: "oidc", agent: "elsewhere" });
    await world.signIn("a-1", { session: first.session });
    const agents = (await listSessions(world.store(), first.operator.id)).map(({ agent }) => agent);
    expect(agents.sort()).toEqual(["a test", "elsewhere"]);
  });

  test("is not fresh where the provider does not say when it asked", async () => {
    expect((await world.signIn("a-1")).session.authenticatedAtMs).toBe(0);
  });
});

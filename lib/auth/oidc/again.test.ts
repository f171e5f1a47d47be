/** Proving once more who one is, before something that matters. */
import { describe, expect, test } from "vitest";
import { admit } from "../../redis/sign-in/admit";
import { listOperators, readOperator } from "../../redis/sign-in/operators";
import { listSessions, revokeSession, setMasked } from "../../redis/sign-in/sessions";
import { forge, ProviderVisitor, rewriteJson } from "../../testing/oidc-browser";
import { expectRefusal, oidcWorld } from "./test-kit";

const world = oidcWorld();

const admitted = async (token: string) =>
  (await admit(world.store(), { token, address: "127.0.0.1", kind: "read" }))?.operator.id ?? null;

describe("again", () => {
  test("the provider is told to ask, and the session goes on under a new token", async () => {
    const first = await world.signIn("a-1");
    await setMasked(world.store(), first.session, true);
    const { redirectTo, attemptToken } = await world.begin({ session: first.session, again: true });
    const asked = new URL(redirectTo).searchParams;
    expect([asked.get("prompt"), asked.get("max_age")]).toEqual(["login", "0"]);

    const begun = Date.now();
    const second = await world.finish(attemptToken, await new ProviderVisitor().signIn(redirectTo, "a-1"));
    expect(second.operator.id).toBe(first.operator.id);
    expect(second.token).not.toBe(first.token);
    expect(second.session.authenticatedAtMs).toBeGreaterThanOrEqual(begun);
    expect(second.session.masked).toBe(true);
    expect(await admitted(first.token)).toBeNull();
    expect(await admitted(second.token)).toBe(first.operator.id);
    expect(await listSessions(world.store(), first.operator.id)).toHaveLength(1);
  });

  test("a browser that the provider still knows is asked all the same", async () => {
    const visitor = new ProviderVisitor();
    const first = await world.signIn("a-1", {}, visitor);
    const pages = () => world.provider().pages();
    const before = pages();
    // Without `again` the provider leads back at once.
    await world.signIn("a-1", {}, visitor);
    expect(pages()).toBe(before);
    await world.signIn("a-1", { session: first.session, again: true }, visitor);
    expect(pages()).toBe(before + 1);
  });

  test("as somebody else is refused: known here, or nobody yet", async () => {
    const first = await world.signIn("a-1");
    const other = await world.signIn("c-1");
    for (const sub of ["c-1", "d-1", "none"]) {
      await expectRefusal(world.signIn(sub, { session: first.session, again: true }), "another_operator");
    }
    const known = (await listOperators(world.store())).map(({ id }) => id);
    expect(known.sort()).toEqual([first.operator.id, other.operator.id].sort());
    // Both are signed in as before.
    expect(await admitted(first.token)).toBe(first.operator.id);
    expect(await admitted(other.token)).toBe(other.operator.id);
  });

  test.each([
    ["does not say when it asked", undefined],
    ["asked a minute before", 60],
    ["asked long ago", 40_000],
  ])("a provider that %s is no proof", async (_, agoSeconds) => {
    const first = await world.signIn("a-1");
    const { privateKey } = world.provider();
    world.provider().intercept((request, response) => {
      const auth_time = agoSeconds && Math.floor(Date.now() / 1000) - agoSeconds;
      if (request.url === "/token") {
        rewriteJson(response, (body) => ({
          ...body,
          id_token: forge(String(body.id_token), { auth_time }, privateKey),
        }));
      }
      return false;
    });
    await expectRefusal(world.signIn("a-1", { session: first.session, again: true }), "sign_in_again");
    expect(await admitted(first.token)).toBe(first.operator.id);
  });

  test("does not bring back a session that was ended meanwhile", async () => {
    const first = await world.signIn("a-1");
    const { attemptToken, back } = await world.travel("a-1", { session: first.session, again: true });
    await revokeSession(world.store(), first.operator.id, first.session.digest);
    await expectRefusal(world.finish(attemptToken, back), "sign_in_expired");
    expect(await listSessions(world.store(), first.operator.id)).toEqual([]);
  });

  test("takes the role from the groups of now", async () => {
    const first = await world.signIn("a-1");
    world.accounts.find(({ sub }) => sub === "a-1")!.groups = ["privacy"];
    await world.signIn("a-1", { session: first.session, again: true });
    expect((await readOperator(world.store(), first.operator.id))?.role).toBe("compliance");
  });

  test("without a session is a sign-in like any other, and a fresh one", async () => {
    const begun = Date.now() - 1_000;
    const { session } = await world.signIn("a-1", { again: true });
    expect(session.authenticatedAtMs).toBeGreaterThanOrEqual(begun);
  });
});

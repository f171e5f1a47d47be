/** Tokens that the provider did not make so, by somebody who stands between. */
import { createHmac, generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { listOperators } from "../../redis/sign-in/operators";
import { forge, rewriteJson } from "../../testing/oidc-browser";
import { expectRefusal, oidcWorld, settingsFor } from "./test-kit";

const world = oidcWorld();

/** Refused, and nobody was made. */
async function refused(signIn: Promise<unknown>) {
  await expectRefusal(signIn, "sign_in_invalid");
  expect(await listOperators(world.store())).toEqual([]);
}

describe("the ID token", () => {
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const seconds = () => Math.floor(Date.now() / 1000);

  /** The provider answers with what this makes of its token. */
  function tokens(change: (token: string) => string | undefined) {
    world.provider().intercept((request, response) => {
      if (request.url === "/token") {
        rewriteJson(response, (body) => ({ ...body, id_token: change(String(body.id_token)) }));
      }
      return false;
    });
  }

  test("signed anew by the provider's own key is taken: what follows is refused for its reason alone", async () => {
    const { privateKey } = world.provider();
    tokens((token) => forge(token, {}, privateKey));
    expect((await world.signIn("a-1")).operator.role).toBe("admin");
  });

  test.each([
    ["another nonce", { nonce: "x".repeat(43) }],
    ["no nonce", { nonce: undefined }],
    ["another issuer", { iss: "http://127.0.0.1:1" }],
    ["another client's", { aud: "another-client" }],
    ["several clients', this one not the one it was made for", { aud: ["memory-console", "x"], azp: "x" }],
    ["too old", { iat: seconds() - 900, exp: seconds() - 600 }],
    ["without an end", { exp: undefined }],
    ["without a subject", { sub: undefined }],
  ])("%s is refused", async (_, change) => {
    const { privateKey } = world.provider();
    tokens((token) => forge(token, change, privateKey));
    await refused(world.signIn("a-1"));
  });

  test("another groups claim, signed by another key, is refused", async () => {
    tokens((token) => forge(token, { groups: ["memory-admins"] }, stranger));
    await refused(world.signIn("none"));
  });

  test("signed by nobody is refused, and so is one that the client's secret signs", async () => {
    const { privateKey } = world.provider();
    tokens((token) => `${forge(token, {}, privateKey, { alg: "none" }).split(".", 2).join(".")}.`);
    await refused(world.signIn("a-1"));
    tokens((token) => {
      const signed = forge(token, {}, privateKey, { alg: "HS256" }).split(".", 2).join(".");
      const { clientSecret } = settingsFor(world.provider());
      return `${signed}.${createHmac("sha256", clientSecret).update(signed).digest("base64url")}`;
    });
    await refused(world.signIn("a-1"));
  });

  test("with one letter changed is refused", async () => {
    tokens((token) => {
      const [head, claims = "", signature] = token.split(".");
      return [
        head,
        Buffer.from(`${Buffer.from(claims, "base64url")} `).toString("base64url"),
        signature,
      ].join(".");
    });
    await refused(world.signIn("a-1"));
  });

  test("none at all is refused", async () => {
    tokens(() => undefined);
    await refused(world.signIn("a-1"));
  });
});

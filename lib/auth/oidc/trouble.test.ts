/** A provider that is down, slow, lies about itself or answers nonsense. */
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { listOperators } from "../../redis/sign-in/operators";
import { ProviderVisitor, rewriteJson } from "../../testing/oidc-browser";
import { OIDC_ERRORS, type OidcErrorWord } from "./errors";
import { expectRefusal, oidcWorld, settingsFor, startProvider } from "./test-kit";

const world = oidcWorld();
const userinfoOnly = oidcWorld({ claimsInIdToken: false });

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** An issuer that answers whatever one likes. */
async function issuerThat(answer: RequestListener): Promise<{ issuer: string }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return { issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** What the console writes to its log meanwhile. */
async function logOf(work: () => Promise<unknown>): Promise<string> {
  const written: string[] = [];
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  await work().finally(() => spy.mockRestore());
  return written.join("");
}

describe("what the provider says about itself", () => {
  test("is asked once, by however many sign-ins", async () => {
    const provider = await startProvider(world.accounts);
    closing.push(provider.stop);
    await Promise.all(Array.from({ length: 5 }, () => world.begin({}, settingsFor(provider))));
    await world.begin({}, settingsFor(provider));
    expect(provider.asked("/.well-known/openid-configuration")).toBe(1);
  });

  test("is asked again at the next sign-in when it could not be had", async () => {
    const provider = await startProvider(world.accounts);
    closing.push(provider.stop);
    provider.intercept((_, response) => Boolean(response.writeHead(503).end()));
    await expectRefusal(world.begin({}, settingsFor(provider)), "provider_unreachable");
    provider.intercept(null);
    expect((await world.begin({}, settingsFor(provider))).redirectTo).toContain(provider.issuer);
  });

  test.each<[string, RequestListener]>([
    ["an empty page", (_, response) => response.end()],
    [
      "a page for people",
      (_, response) => response.setHeader("content-type", "text/html").end("<h1>Hi</h1>"),
    ],
    ["broken JSON", (_, response) => response.setHeader("content-type", "application/json").end('{"issuer"')],
    [
      "JSON of something else",
      (_, response) => response.setHeader("content-type", "application/json").end("[]"),
    ],
    [
      "a redirect elsewhere",
      (_, response) => response.writeHead(302, { location: world.provider().issuer }).end(),
    ],
    ["a broken connection", (_, response) => response.destroy()],
  ])("is not to be had from %s", async (_, answer) => {
    await expectRefusal(world.begin({}, settingsFor(await issuerThat(answer))), "provider_unreachable");
    expect(await world.store().command("DBSIZE")).toBe(0);
  });

  test("is not taken from one that calls itself by another's name", async () => {
    const liar = await issuerThat(async (request, response) => {
      const honest = await fetch(new URL(request.url ?? "/", world.provider().issuer));
      response.setHeader("content-type", "application/json").end(await honest.text());
    });
    await expectRefusal(world.begin({}, settingsFor(liar)), "provider_unreachable");
  });

  test("is not asked of an address without TLS that is not on this machine", async () => {
    const said = await logOf(() =>
      expectRefusal(world.begin({}, settingsFor({ issuer: "http://192.0.2.1" })), "provider_unreachable"),
    );
    expect(said).toContain("OAUTH_HTTP_REQUEST_FORBIDDEN");
  });

  test("is waited for five seconds, and no longer; its tokens too", async () => {
    const silent = await issuerThat(() => {});
    const mute = await startProvider(world.accounts);
    closing.push(mute.stop);
    mute.intercept((request) => request.url === "/token");
    const { redirectTo, attemptToken } = await world.begin({}, settingsFor(mute));
    const back = await new ProviderVisitor().signIn(redirectTo, "a-1");
    const begun = performance.now();
    await Promise.all([
      expectRefusal(world.begin({}, settingsFor(silent)), "provider_unreachable"),
      expectRefusal(world.finish(attemptToken, back, settingsFor(mute)), "provider_unreachable"),
    ]);
    expect(performance.now() - begun).toBeGreaterThan(4_900);
    expect(performance.now() - begun).toBeLessThan(7_000);
  });

  test("nobody connects: refused at once", async () => {
    const gone = await startProvider([]);
    await gone.stop();
    await expectRefusal(world.begin({}, settingsFor(gone)), "provider_unreachable");
  });
});

describe("on the way back", () => {
  test.each<[string, string, string, OidcErrorWord]>([
    ["/token", "text/html", "<html>", "provider_unreachable"],
    ["/token", "application/json", "", "provider_unreachable"],
    ["/token", "application/json", "{}", "sign_in_invalid"],
    ["/token", "application/json", '{"access_token":"x","token_type":"bearer"}', "sign_in_invalid"],
    ["/jwks", "text/html", "<html>", "provider_unreachable"],
    ["/jwks", "application/json", "{", "provider_unreachable"],
    ["/jwks", "application/json", "{}", "sign_in_invalid"],
    ["/jwks", "application/json", '{"keys":[]}', "sign_in_invalid"],
  ])("%s saying %s %s proves nothing", async (path, type, body, word) => {
    const provider = await startProvider(world.accounts);
    closing.push(provider.stop);
    provider.intercept((request, response) => {
      if (request.url === path) response.setHeader("content-type", type).end(body);
      return request.url === path;
    });
    const settings = settingsFor(provider);
    const { redirectTo, attemptToken } = await world.begin({}, settings);
    const back = await new ProviderVisitor().signIn(redirectTo, "a-1");
    await expectRefusal(world.finish(attemptToken, back, settings), word);
    expect(await listOperators(world.store())).toEqual([]);
  });

  test("a provider that has gone meanwhile is named as the trouble", async () => {
    const provider = await startProvider(world.accounts);
    const settings = settingsFor(provider);
    const { redirectTo, attemptToken } = await world.begin({}, settings);
    const back = await new ProviderVisitor().signIn(redirectTo, "a-1");
    await provider.stop();
    await expectRefusal(world.finish(attemptToken, back, settings), "provider_unreachable");
  });

  test("a client secret that the provider does not know is the configuration's trouble", async () => {
    const provider = await startProvider(world.accounts);
    closing.push(provider.stop);
    const settings = { ...settingsFor(provider), clientSecret: "not the one that was registered there" };
    const { redirectTo, attemptToken } = await world.begin({}, settings);
    const back = await new ProviderVisitor().signIn(redirectTo, "a-1");
    await expectRefusal(world.finish(attemptToken, back, settings), "provider_unreachable");
  });

  test("what the provider wrote is found neither in the error nor in the log", async () => {
    const { attemptToken, back } = await world.travel(null);
    back.searchParams.set("error", "canary canary");
    back.searchParams.set("error_description", "canary");
    let failed: unknown;
    const said = await logOf(async () => {
      failed = await world.finish(attemptToken, back).catch((error: unknown) => error);
    });
    expect(failed).toMatchObject({ code: "provider_unreachable" });
    expect((failed as Error).message).toBe(OIDC_ERRORS.provider_unreachable.title);
    expect(said).toContain('"event":"oidc_failed"');
    expect(said).not.toContain("canary");
  });
});

describe("groups at the userinfo endpoint", () => {
  test("are asked for where the ID token says nothing of them", async () => {
    const { operator } = await userinfoOnly.signIn("two");
    expect(operator).toMatchObject({ name: "tom", role: "developer" });
    expect(userinfoOnly.provider().asked("/me")).toBe(1);
  });

  test("are not signed: what the ID token says too is taken from there", async () => {
    world.accounts.push({ sub: "new", name: "greta" });
    world.provider().intercept((request, response) => {
      if (request.url === "/me") {
        rewriteJson(response, (body) => ({ ...body, preferred_username: "mallory", groups: ["privacy"] }));
      }
      return false;
    });
    expect((await world.signIn("new")).operator).toMatchObject({ name: "greta", role: "compliance" });
  });

  test("of somebody else are refused", async () => {
    userinfoOnly.provider().intercept((request, response) => {
      if (request.url === "/me") rewriteJson(response, (body) => ({ ...body, sub: "a-1" }));
      return false;
    });
    await expectRefusal(userinfoOnly.signIn("none"), "sign_in_invalid");
  });

  test("that cannot be had are none", async () => {
    userinfoOnly.provider().intercept((request, response) => {
      if (request.url === "/me") response.writeHead(500).end();
      return request.url === "/me";
    });
    await expectRefusal(userinfoOnly.signIn("a-1"), "provider_unreachable");
    expect(await listOperators(userinfoOnly.store())).toEqual([]);
  });
});

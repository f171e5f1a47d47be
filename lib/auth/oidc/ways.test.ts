/** The routes' own part: which addresses and cookies a browser is given. */
import { describe, expect, test } from "vitest";
import { admit } from "../../redis/sign-in/admit";
import { listOperators } from "../../redis/sign-in/operators";
import { listSessions } from "../../redis/sign-in/sessions";
import { ProviderVisitor } from "../../testing/oidc-browser";
import { oidcErrorText, type oidcErrorWord } from "./errors";
import { type OidcSettings, startAddress } from "./settings";
import { oidcWorld, PUBLIC_URL, settingsFor } from "./test-kit";
import { comeFromProvider, goToProvider, signInDidNotWork } from "./ways";

const world = oidcWorld();
let settings: OidcSettings;
const asker = (previousToken: string | null = null) => ({
  console: world.store(),
  address: "127.0.0.1",
  agent: "a browser",
  previousToken,
});
const at = (path: string, cookie = "") =>
  // The host that a request names is nobody's word.
  new Request(new URL(path, "http://evil.example:4000"), { headers: cookie ? { cookie } : {} });
const cookieOf = (response: Response) => response.headers.getSetCookie()[0]?.split(";")[0] ?? "";

async function go(query: string, previousToken: string | null = null, https = false) {
  settings = settingsFor(world.provider());
  if (https) settings = { ...settings, publicUrl: "https://memory.example.org/somewhere" };
  return goToProvider(asker(previousToken), at(`/api/sign-in/oidc/start${query}`), settings);
}

async function whole(query: string, sub: string, previousToken: string | null = null) {
  const started = await go(query, previousToken);
  const back = await new ProviderVisitor().signIn(started.headers.get("location")!, sub);
  return comeFromProvider(asker(), at(`${back.pathname}${back.search}`, cookieOf(started)), settings);
}

test("there and back: a session, the attempt's cookie gone, and on by way of the sign-in page", async () => {
  const { signedIn, response } = await whole("?next=%2Fusers%2Fabc%3Ftab%3D1%26x%3D%252F", "a-1");
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe("/sign-in?next=%2Fusers%2Fabc%3Ftab%3D1%26x%3D%252F");
  expect(response.headers.getSetCookie()).toEqual([
    "console-oidc-4000=; Path=/api/sign-in/oidc; HttpOnly; SameSite=Lax; Max-Age=0",
  ]);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("referrer-policy")).toBe("no-referrer");
  const { token } = signedIn;
  expect((await admit(world.store(), { token, address: "-", kind: "read" }))?.operator.role).toBe("admin");
});

describe("the beginning", () => {
  test("leads to the provider, back to PUBLIC_URL whatever Host says, and is kept in a cookie", async () => {
    const response = await go("?next=/users");
    const location = new URL(response.headers.get("location")!);
    expect(response.status).toBe(303);
    expect(location.origin).toBe(world.provider().issuer);
    expect(location.searchParams.get("redirect_uri")).toBe(`${PUBLIC_URL}/api/sign-in/oidc/callback`);
    expect(location.searchParams.get("response_type")).toBe("code");
    expect(location.searchParams.get("scope")).toBe("openid profile email");
    expect(location.href).not.toContain("users");
    expect(response.headers.getSetCookie()[0]).toMatch(
      /^console-oidc-4000=[\w-]{43}; Path=\/api\/sign-in\/oidc; HttpOnly; SameSite=Lax; Max-Age=600$/,
    );
  });

  test("asks for an ID token, whatever scopes are configured", async () => {
    const { redirectTo } = await world.begin(
      {},
      { ...settingsFor(world.provider()), scopes: " groups  email " },
    );
    expect(new URL(redirectTo).searchParams.get("scope")).toBe("openid groups email");
  });

  test("with HTTPS the cookie is one that no other host can set", async () => {
    const response = await go("", null, true);
    const location = new URL(response.headers.get("location")!);
    expect(location.searchParams.get("redirect_uri")).toBe(
      "https://memory.example.org/api/sign-in/oidc/callback",
    );
    expect(response.headers.getSetCookie()[0]).toMatch(
      /^__Host-console-oidc=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=600$/,
    );
  });

  test("the link to it is under the public address", async () => {
    await go("");
    expect(startAddress(settings, "/users?x=1", true)).toBe(
      `${PUBLIC_URL}/api/sign-in/oidc/start?next=%2Fusers%3Fx%3D1&again=1`,
    );
  });

  test("`again` is for the one whose session the browser has", async () => {
    const first = await world.signIn("a-1");
    await expect(whole("?again=1", "c-1", first.token)).rejects.toMatchObject({ code: "another_operator" });
    const { signedIn } = await whole("?again=1&next=/users", "a-1", first.token);
    expect(signedIn.operator.id).toBe(first.operator.id);
    expect(await listSessions(world.store(), first.operator.id)).toEqual([signedIn.session]);
  });

  test("a session that nobody has is no session", async () => {
    const { signedIn } = await whole("?again=1", "a-1", "x".repeat(43));
    expect(signedIn.operator.name).toBe("ada");
  });
});

describe("where a wish for another place leads", () => {
  test.each([
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "https:evil.example",
    "/.//evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
  ])("%s: to the first page", async (wish) => {
    const { response } = await whole(`?next=${encodeURIComponent(wish)}`, "a-1");
    expect(response.headers.get("location")).toBe("/sign-in?next=%2F");
  });
});

describe("the cookie of the attempt", () => {
  test.each([
    ["none", () => ""],
    ["another one's name", (cookie: string) => cookie.replace("console-oidc-4000", "console-oidc-4001")],
    ["a longer name", (cookie: string) => `x${cookie}`],
    ["two of them", (cookie: string) => `${cookie}; console-oidc-4000=${"a".repeat(43)}`],
    ["nothing in it", () => "console-oidc-4000="],
    ["what is no token", () => `console-oidc-4000=${"*".repeat(43)}`],
  ])("%s: the sign-in is not known", async (_, change) => {
    const started = await go("");
    const back = await new ProviderVisitor().signIn(started.headers.get("location")!, "a-1");
    const request = at(`${back.pathname}${back.search}`, change(cookieOf(started)));
    await expect(comeFromProvider(asker(), request, settings)).rejects.toMatchObject({
      code: "sign_in_expired",
    });
    expect(await listOperators(world.store())).toEqual([]);
  });
});

describe("what the page is told", () => {
  test("a word of the list, and nothing else", () => {
    const told = (code: Parameters<typeof oidcErrorWord>[0]) =>
      signInDidNotWork({ code, message: "<b>x</b>", hint: "y" }).headers.get("location");
    expect(told("no_group")).toBe("/sign-in?error=no_group");
    expect(told("too_many_requests")).toBe("/sign-in?error=too_many_requests");
    expect(told("store_unreachable")).toBe("/sign-in?error=unavailable");
    expect(told("internal")).toBe("/sign-in?error=unavailable");
  });

  test("a word that nobody listed says nothing", () => {
    expect(oidcErrorText("no_group")?.title).toBe("You are not in a group that may use this console.");
    for (const word of ["", null, undefined, "toString", "__proto__", "constructor", "<b>", "NO_GROUP"]) {
      expect(oidcErrorText(word)).toBeNull();
    }
  });
});

import { expect, test } from "vitest";
import { ProviderVisitor } from "./oidc-browser";
import { startOidcProvider, TEST_CLIENT } from "./oidc-provider";

test("a test has an OpenID provider of its own, that signs people in by choice", async () => {
  const redirectUri = "http://127.0.0.1:9/back";
  const provider = await startOidcProvider({ redirectUri, accounts: [{ sub: "1", name: "ada" }] });
  try {
    const asking = new URL("/auth", provider.issuer);
    asking.search = new URLSearchParams({
      client_id: TEST_CLIENT.id,
      redirect_uri: redirectUri,
      response_type: "code",
      scope: "openid profile",
      state: "s",
      code_challenge: "a".repeat(43),
      code_challenge_method: "S256",
    }).toString();
    const visitor = new ProviderVisitor();
    const first = await visitor.signIn(asking.href, "1");
    expect(first.href).toMatch(/^http:\/\/127\.0\.0\.1:9\/back\?code=/);
    expect(first.searchParams.get("iss")).toBe(provider.issuer);
    expect(provider.asked("/auth")).toBe(1);
    // The second time the provider knows the browser and asks nothing.
    const second = await visitor.signIn(asking.href, "nobody");
    expect(second.searchParams.get("code")).toBeTruthy();
    const back = await new ProviderVisitor().signIn(asking.href, null);
    expect(back.searchParams.get("error")).toBe("access_denied");
  } finally {
    await provider.stop();
  }
});

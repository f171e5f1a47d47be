/**
 * A real OpenID provider on loopback for tests, with a page to choose who signs in:
 *
 *     const provider = await startOidcProvider({
 *       redirectUri: `${console.url}/api/sign-in/oidc/callback`,
 *       accounts: [{ sub: "1", name: "ada", groups: ["memory-admins"] }],
 *     });
 *     // OIDC_ISSUER=provider.issuer OIDC_CLIENT_ID=TEST_CLIENT.id OIDC_CLIENT_SECRET=TEST_CLIENT.secret
 *     await page.getByRole("button", { name: "ada" }).click();
 *     await provider.stop();
 */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";
import { memoryStorage } from "./oidc-storage";

export const TEST_CLIENT = { id: "memory-console", secret: "a-secret-of-this-test-only" };

export interface OidcAccount {
  sub: string;
  /** Its `preferred_username`, and what its button says. */
  name: string;
  groups?: string[];
  /** More claims, for example `{ email: "ada@example.org" }`. */
  claims?: Record<string, unknown>;
}

export interface OidcProviderOptions {
  redirectUri: string;
  accounts: OidcAccount[];
  /** `localhost` is another site than 127.0.0.1 to a browser, as a provider is in real life; default 127.0.0.1 */
  host?: "127.0.0.1" | "localhost";
  /** false: groups and names only at the userinfo endpoint, as the standard has it; default true */
  claimsInIdToken?: boolean;
}

type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface OidcTestProvider {
  issuer: string;
  /** Signs its tokens. */
  privateKey: KeyObject;
  kid: string;
  /** How often this path was asked for. */
  asked: (path: string) => number;
  /** How often somebody was asked who it is. */
  pages: () => number;
  /** Stands before the provider: answers a request itself and says true, or lets it pass. null takes it away. */
  intercept: (intercept: Intercept | null) => void;
  stop: () => Promise<void>;
}

/** Starts one on a free port of this machine. `accounts` is read at every sign-in: a test may change it as it goes. */
export async function startOidcProvider(options: OidcProviderOptions): Promise<OidcTestProvider> {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const kid = "test-key";
  let intercept: Intercept | null = null;
  const asked = new Map<string, number>();
  let pages = 0;

  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", issuer).pathname;
    asked.set(path, (asked.get(path) ?? 0) + 1);
    if (intercept?.(request, response)) return;
    if (!path.startsWith("/interaction/")) return answer(request, response);
    if (request.method === "POST") return finish(provider, request, response);
    pages += 1;
    response.setHeader("Content-Type", "text/html; charset=utf-8").end(choicePage(options.accounts));
  });
  const { host = "127.0.0.1" } = options;
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const issuer = `http://${host}:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(
    issuer,
    configuration(options, { ...privateKey.export({ format: "jwk" }), kid }),
  );
  const answer = provider.callback();

  return {
    issuer,
    privateKey,
    kid,
    asked: (path) => asked.get(path) ?? 0,
    pages: () => pages,
    intercept: (next) => {
      intercept = next;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function configuration({ redirectUri, accounts, claimsInIdToken = true }: OidcProviderOptions, jwk: object) {
  return {
    adapter: memoryStorage(),
    jwks: { keys: [jwk] },
    cookies: { keys: ["a cookie key of this test"] },
    clients: [
      {
        client_id: TEST_CLIENT.id,
        client_secret: TEST_CLIENT.secret,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    claims: { openid: ["sub"], profile: ["preferred_username", "groups"], email: ["email"] },
    conformIdTokenClaims: !claimsInIdToken,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
    findAccount: (_: unknown, sub: string) => {
      const account = accounts.find((candidate) => candidate.sub === sub);
      if (!account) return undefined;
      const { name, groups, claims } = account;
      return {
        accountId: sub,
        claims: () => ({ sub, preferred_username: name, ...(groups && { groups }), ...claims }),
      };
    },
    /** Nobody is asked whether the console may know them. */
    loadExistingGrant: async ({ oidc }: import("oidc-provider").RequestContext) => {
      const grant = new oidc.provider.Grant({
        accountId: oidc.session.accountId,
        clientId: oidc.client.clientId,
      });
      grant.addOIDCScope(oidc.params.scope);
      await grant.save();
      return grant;
    },
  };
}

/** One button for each account, and one to go back. */
function choicePage(accounts: OidcAccount[]): string {
  const html = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
  const buttons = accounts.map(
    ({ sub, name }) => `<p><button name="account" value="${html(sub)}">${html(name)}</button>`,
  );
  return `<!doctype html><html lang="en"><title>Test provider</title><link rel="icon" href="data:,"><h1>Who are you?</h1>
<form method="post">${buttons.join("")}<p><button name="cancel" value="1">Cancel</button></form>`;
}

async function finish(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  const accountId = new URLSearchParams(body).get("account");
  await provider.interactionFinished(
    request,
    response,
    accountId === null
      ? { error: "access_denied", error_description: "<b>the person went back</b>" }
      : { login: { accountId } },
  );
}

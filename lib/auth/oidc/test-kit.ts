/** A provider, a console's own Redis and a way from one to the other and back, for the tests of this folder. */
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { SafeError } from "../../errors";
import { Store } from "../../redis/store/store";
import { ProviderVisitor } from "../../testing/oidc-browser";
import {
  type OidcAccount,
  type OidcTestProvider,
  startOidcProvider,
  TEST_CLIENT,
} from "../../testing/oidc-provider";
import { testRedis } from "../../testing/redis";
import { beginOidc, type OidcBeginning } from "./begin";
import type { OidcErrorWord } from "./errors";
import { finishOidc } from "./finish";
import { callbackAddress, type OidcSettings } from "./settings";

export const PUBLIC_URL = "http://127.0.0.1:4000";

/** In each of the four groups one, and some who are in others. */
export const PEOPLE: readonly OidcAccount[] = [
  { sub: "s-1", name: "sam", groups: ["staff", "helpdesk"] },
  { sub: "c-1", name: "cleo", groups: ["privacy"] },
  { sub: "d-1", name: "dan", groups: ["engineers"] },
  { sub: "a-1", name: "ada", groups: ["memory-admins"] },
  { sub: "two", name: "tom", groups: ["helpdesk", "engineers"] },
  { sub: "none", name: "nina", groups: ["staff", "Helpdesk", "helpdesk2", "admin"] },
];

export function settingsFor(provider: Pick<OidcTestProvider, "issuer">): OidcSettings {
  return {
    issuer: provider.issuer,
    clientId: TEST_CLIENT.id,
    clientSecret: TEST_CLIENT.secret,
    scopes: "openid profile email",
    groupsClaim: "groups",
    roles: [
      { group: "memory-admins", role: "admin" },
      { group: "engineers", role: "developer" },
      { group: "privacy", role: "compliance" },
      { group: "helpdesk", role: "support" },
    ],
    publicUrl: PUBLIC_URL,
    port: 4000,
  };
}

export const BEGINNING: OidcBeginning = { next: "/users", session: null, again: false };

/** Call at the top of a test file. Everything in it is empty and as above at the start of each test. */
export function oidcWorld(options: { claimsInIdToken?: boolean } = {}) {
  const redis = testRedis();
  const accounts: OidcAccount[] = [];
  let store: Store;
  let provider: OidcTestProvider;
  beforeAll(async () => {
    store = new Store(redis.url());
    provider = await startProvider(accounts, options);
  });
  beforeEach(async () => {
    await store.command("FLUSHALL");
    provider.intercept(null);
    accounts.splice(0, Number.POSITIVE_INFINITY, ...PEOPLE.map((person) => ({ ...person })));
  });
  afterAll(async () => {
    await provider.stop();
    store.close();
  });

  const begin = (beginning: Partial<OidcBeginning> = {}, settings = settingsFor(provider)) =>
    beginOidc(store, settings, { ...BEGINNING, ...beginning });
  const finish = (attemptToken: string | null, back: URL, settings = settingsFor(provider)) =>
    finishOidc(store, settings, {
      attemptToken,
      query: back.searchParams,
      agent: "a test",
      previousToken: null,
    });
  return {
    store: () => store,
    provider: () => provider,
    accounts,
    begin,
    finish,
    /** The whole way. */
    signIn: async (sub: string, beginning: Partial<OidcBeginning> = {}, visitor = new ProviderVisitor()) => {
      const { redirectTo, attemptToken } = await begin(beginning);
      return finish(attemptToken, await visitor.signIn(redirectTo, sub));
    },
    /** To the provider and back to the console's door. */
    travel: async (sub: string | null = "a-1", beginning: Partial<OidcBeginning> = {}) => {
      const { redirectTo, attemptToken } = await begin(beginning);
      return { attemptToken, back: await new ProviderVisitor().signIn(redirectTo, sub) };
    },
  };
}

export function startProvider(accounts: OidcAccount[], options: { claimsInIdToken?: boolean } = {}) {
  const redirectUri = callbackAddress(settingsFor({ issuer: "" })).href;
  return startOidcProvider({ redirectUri, accounts, ...options });
}

/** It is refused with this word, and what people read says nothing that somebody else wrote. */
export async function expectRefusal(signIn: Promise<unknown>, word: OidcErrorWord): Promise<void> {
  const error = await signIn.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SafeError);
  expect((error as SafeError).code).toBe(word);
}

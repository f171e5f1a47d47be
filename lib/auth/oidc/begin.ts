/** The way to the identity provider: authorization code flow with PKCE (RFC 7636), state and nonce. */
import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import type { SessionRecord } from "../../redis/sign-in/types";
import type { Store } from "../../redis/store/store";
import { safeNext } from "../next-path";
import { keepAttempt } from "./attempt";
import { identityProvider } from "./provider";
import { callbackAddress, type OidcSettings } from "./settings";

export interface OidcBeginning {
  /** Where to go on to; anything but a path of this console counts as `/`. */
  next: string | null;
  /** The session that the browser has, if any. It ends with this sign-in. */
  session: SessionRecord | null;
  /** The operator of that session is to prove again who it is, at this moment. */
  again: boolean;
}

/**
 * @returns where to send the browser, and what to put in its cookie
 * @throws SafeError `provider_unreachable`; the store's errors
 */
export async function beginOidc(
  consoleStore: Store,
  settings: OidcSettings,
  { next, session, again }: OidcBeginning,
): Promise<{ redirectTo: string; attemptToken: string }> {
  const provider = await identityProvider(settings);
  const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
  const attemptToken = await keepAttempt(consoleStore, {
    issuer: settings.issuer,
    state,
    nonce,
    verifier,
    next: safeNext(next),
    beganAtMs: Date.now(),
    previous: session && { operatorId: session.operatorId, digest: session.digest },
    // Whose session has ended meanwhile signs in like anybody else, and is asked all the same.
    again: again && session !== null,
  });
  const redirectTo = buildAuthorizationUrl(provider, {
    redirect_uri: callbackAddress(settings).href,
    scope: withOpenid(settings.scopes),
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    // Both, for providers that know one of them; auth_time tells afterwards whether they did.
    ...(again && { prompt: "login", max_age: "0" }),
  });
  return { redirectTo: redirectTo.href, attemptToken };
}

/** Without `openid` there would be no ID token. */
function withOpenid(scopes: string): string {
  return [...new Set(["openid", ...scopes.split(/\s+/).filter(Boolean)])].join(" ");
}

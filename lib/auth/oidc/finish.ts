/** The way back from the identity provider. */
import { authorizationCodeGrant, type Configuration, fetchUserInfo } from "openid-client";
import {
  createSession,
  listSessions,
  refreshAuthentication,
  revokeSession,
} from "../../redis/sign-in/sessions";
import { noteSignIn, type SignedIn } from "../../redis/sign-in/sign-in";
import type { OperatorRecord } from "../../redis/sign-in/types";
import type { Store } from "../../redis/store/store";
import { type Attempt, takeAttempt } from "./attempt";
import { type Claims, groupsOf, namesOf, roleOf } from "./claims";
import { refusal } from "./errors";
import { operatorFor, type Proved } from "./operator";
import { identityProvider, providerFailure } from "./provider";
import { callbackAddress, type OidcSettings } from "./settings";

export interface OidcReturn {
  /** From the browser's cookie. */
  attemptToken: string | null;
  /** What the provider sent the browser back with. */
  query: URLSearchParams;
  /** Browser and system in a few words. */
  agent: string;
  /** The session's cookie, where the browser sent it: from another site's redirect it does not. */
  previousToken: string | null;
}

/** Clocks may differ: as much as openid-client allows for every other time in a token. */
const CLOCK_TOLERANCE_MS = 30_000;

/**
 * The attempt is used up by this, whatever comes of it.
 * @throws SafeError with one of the words of {@link ./errors OIDC_ERRORS}; the store's errors
 */
export async function finishOidc(
  consoleStore: Store,
  settings: OidcSettings,
  { attemptToken, query, agent, previousToken }: OidcReturn,
): Promise<SignedIn & { next: string }> {
  const attempt = attemptToken && (await takeAttempt(consoleStore, attemptToken));
  if (!attempt || attempt.issuer !== settings.issuer) throw refusal("sign_in_expired");
  const { proved, authenticatedAtMs } = await prove(settings, attempt, query);
  if (attempt.again && !isFresh(attempt, authenticatedAtMs)) throw refusal("sign_in_again");
  const { previous, again, next } = attempt;
  const operator = await operatorFor(consoleStore, proved, again ? (previous?.operatorId ?? "") : null);
  if (again) return { ...(await goOn(consoleStore, attempt, operator)), next };

  const session = { operatorId: operator.id, via: "oidc", agent, previousToken, authenticatedAtMs } as const;
  const made = await createSession(consoleStore, session);
  if (previous) await revokeSession(consoleStore, previous.operatorId, previous.digest);
  return { ...made, operator: await noteSignIn(consoleStore, operator), next };
}

/** The session that was there goes on under a new token. */
async function goOn(consoleStore: Store, attempt: Attempt, operator: OperatorRecord): Promise<SignedIn> {
  const sessions = await listSessions(consoleStore, operator.id);
  const session = sessions.find(({ digest }) => digest === attempt.previous?.digest);
  const made = session && (await refreshAuthentication(consoleStore, session));
  if (!made) throw refusal("sign_in_expired");
  return { ...made, operator: await noteSignIn(consoleStore, operator) };
}

interface Proof {
  proved: Proved;
  /** When somebody last showed the provider who it is; 0 when the provider does not say. */
  authenticatedAtMs: number;
}

/**
 * The code for the tokens; openid-client checks state, `iss` (RFC 9207), issuer, audience, nonce, times and, as
 * {@link ./provider} sets it, the signature.
 */
async function prove(settings: OidcSettings, attempt: Attempt, query: URLSearchParams): Promise<Proof> {
  const provider = await identityProvider(settings);
  const address = callbackAddress(settings);
  address.search = query.toString();
  try {
    const tokens = await authorizationCodeGrant(provider, address, {
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      pkceCodeVerifier: attempt.verifier,
      idTokenExpected: true,
    });
    const idToken = tokens.claims();
    if (!idToken) throw refusal("sign_in_invalid");
    const { iss: issuer, sub, auth_time } = idToken;
    const said = await withGroups(provider, settings, idToken, tokens.access_token);
    return {
      proved: {
        subject: { issuer, sub },
        role: roleOf(groupsOf(said, settings.groupsClaim) ?? [], settings.roles),
        names: namesOf(said),
      },
      authenticatedAtMs: Math.min((auth_time ?? 0) * 1000, Date.now()),
    };
  } catch (error) {
    throw providerFailure(error);
  }
}

/** The standard has the claims of scopes at the userinfo endpoint (Core 1.0, 5.4); many put them in the ID token. */
async function withGroups(
  provider: Configuration,
  { groupsClaim }: OidcSettings,
  idToken: Claims & { sub: string },
  accessToken: string,
): Promise<Claims> {
  if (groupsOf(idToken, groupsClaim) || !provider.serverMetadata().userinfo_endpoint) return idToken;
  // The ID token is signed, userinfo is not: what both say is taken from the ID token.
  return { ...(await fetchUserInfo(provider, accessToken, idToken.sub)), ...idToken };
}

function isFresh({ beganAtMs }: Attempt, authenticatedAtMs: number): boolean {
  return authenticatedAtMs >= beganAtMs - CLOCK_TOLERANCE_MS;
}

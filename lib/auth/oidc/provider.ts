/** The identity provider: what it says about itself, asked once, and what its failures mean. */
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  ClientError,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  ResponseBodyError,
} from "openid-client";
import { SafeError } from "../../errors";
import { logEvent } from "../../log";
import { perProcess } from "../../per-process";
import { refusal } from "./errors";
import type { OidcSettings } from "./settings";

/** For each request to the provider. */
const TIMEOUT_SECONDS = 5;

const asked = perProcess("identity-providers", () => new Map<string, Promise<Configuration>>());

/**
 * Discovery (OpenID Connect Discovery 1.0), once per process; a failed one is tried again at the next sign-in.
 * @throws SafeError `provider_unreachable`
 */
export async function identityProvider(settings: OidcSettings): Promise<Configuration> {
  const name = JSON.stringify([settings.issuer, settings.clientId]);
  const provider = asked.get(name) ?? discover(settings);
  asked.set(name, provider);
  try {
    return await provider;
  } catch (error) {
    if (asked.get(name) === provider) asked.delete(name);
    logFailure("discovery", error);
    throw refusal("provider_unreachable");
  }
}

async function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<Configuration> {
  const address = new URL(issuer);
  // Configuration refuses any other http issuer; here once more, because this is what would let it through.
  const plain =
    address.protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(address.hostname);
  return discovery(address, clientId, clientSecret, undefined, {
    timeout: TIMEOUT_SECONDS,
    // Without it the ID token's signature is not looked at, since it comes from the provider itself by TLS.
    execute: plain ? [enableNonRepudiationChecks, allowInsecureRequests] : [enableNonRepudiationChecks],
  });
}

/** What the person, or the provider's own rules, decided (RFC 6749, 4.1.2.1; OpenID Connect Core 1.0, 3.1.2.6). */
const SAID_NO = [
  "access_denied",
  "login_required",
  "interaction_required",
  "consent_required",
  "account_selection_required",
];

/** The provider is down, slow, or answers something that is no answer: codes of openid-client. */
const NO_ANSWER = [
  "OAUTH_TIMEOUT",
  "OAUTH_ABORT",
  "OAUTH_PARSE_ERROR",
  "OAUTH_RESPONSE_IS_NOT_JSON",
  "OAUTH_RESPONSE_IS_NOT_CONFORM",
  "OAUTH_HTTP_REQUEST_FORBIDDEN",
  "OAUTH_MISSING_SERVER_METADATA",
];

/** What a failed callback means. The log says which check failed; nobody is told what the provider wrote. */
export function providerFailure(error: unknown): SafeError {
  if (error instanceof SafeError) return error;
  logFailure("callback", error);
  if (error instanceof AuthorizationResponseError) {
    return refusal(SAID_NO.includes(error.error) ? "sign_in_cancelled" : "provider_unreachable");
  }
  if (error instanceof ResponseBodyError) {
    return refusal(error.error === "invalid_grant" ? "sign_in_invalid" : "provider_unreachable");
  }
  if (error instanceof ClientError) {
    return refusal(NO_ANSWER.includes(error.code ?? "") ? "provider_unreachable" : "sign_in_invalid");
  }
  // A TypeError is fetch's own failure; a challenge means that our client's secret is refused.
  return refusal("provider_unreachable");
}

function logFailure(at: "discovery" | "callback", error: unknown): void {
  const { code, error: said } = error as { code?: unknown; error?: unknown };
  const word = typeof said === "string" ? said : code;
  const kind = error instanceof Error ? error.constructor.name : typeof error;
  // Words of a fixed kind alone: a provider, and who made up a callback, can write anything.
  logEvent("oidc_failed", {
    at,
    kind,
    code: typeof word === "string" && /^\w{1,60}$/.test(word) ? word : "none",
  });
}

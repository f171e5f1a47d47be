/** What is configured for signing in at an identity provider, and the addresses and the cookie that follow from it. */
import { env } from "../../env";
import type { Role } from "../permissions";

export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** With spaces between them. */
  scopes: string;
  groupsClaim: string;
  /** The first pair whose group the operator is in decides. */
  roles: readonly { group: string; role: Role }[];
  /** How people reach this console. Nothing is built from the Host of a request. */
  publicUrl: string;
  port: number;
}

const FOLDER = "/api/sign-in/oidc";

/** Null when no identity provider is configured. */
export function oidcSettings(): OidcSettings | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, PUBLIC_URL, ...rest } = env();
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET || !PUBLIC_URL) return null;
  return {
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    scopes: rest.OIDC_SCOPES,
    groupsClaim: rest.OIDC_GROUPS_CLAIM,
    roles: rest.OIDC_ROLES,
    publicUrl: PUBLIC_URL,
    port: rest.PORT,
  };
}

/** The address to register at the provider. */
export function callbackAddress({ publicUrl }: OidcSettings): URL {
  return new URL(`${FOLDER}/callback`, publicUrl);
}

/**
 * For the link that begins a sign-in (`<a>`, never a prefetching Link: asking for it begins). Under the public address,
 * wherever the page was opened: the provider leads back there, and the attempt's cookie must be there too.
 * @param again the one who is signed in proves once more who it is
 */
export function startAddress({ publicUrl }: OidcSettings, next: string, again = false): string {
  const address = new URL(`${FOLDER}/start`, publicUrl);
  address.searchParams.set("next", next);
  if (again) address.searchParams.set("again", "1");
  return address.href;
}

/**
 * The attempt's cookie: SameSite=Lax, since the provider's redirect comes from another site. With HTTPS it is
 * `__Host-`, so that no sub-domain can plant an attempt of its own; that demands Path=/ (RFC 6265bis, 4.1.3.2).
 */
function cookie({ publicUrl, port }: OidcSettings): { name: string; attributes: string } {
  const lax = "HttpOnly; SameSite=Lax";
  return publicUrl.startsWith("https:")
    ? { name: "__Host-console-oidc", attributes: `Path=/; ${lax}; Secure` }
    : { name: `console-oidc-${port}`, attributes: `Path=${FOLDER}; ${lax}` };
}

export function attemptCookie(settings: OidcSettings, token: string, seconds: number): string {
  const { name, attributes } = cookie(settings);
  return `${name}=${token}; ${attributes}; Max-Age=${seconds}`;
}

/** The attempt that a browser says it began; null when it says none, or says two. */
export function readAttemptCookie(settings: OidcSettings, header: string | null): string | null {
  const start = `${cookie(settings).name}=`;
  const found = (header ?? "").split(/;\s*/).filter((pair) => pair.startsWith(start));
  const token = found.length === 1 ? found[0]!.slice(start.length) : "";
  return /^[\w-]{43}$/.test(token) ? token : null;
}

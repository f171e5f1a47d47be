import "server-only";
/**
 * The cookie that holds an operator's session token. HttpOnly and SameSite=Strict: no script reads it, and no other
 * site's link, form or frame sends it. Where people come by HTTPS it is `__Host-`: no other host, not even a
 * sub-domain, can set it (RFC 6265bis, 4.1.3.2).
 */
import { cookies } from "next/headers";
import { env } from "../env";

function isHttps(): boolean {
  return env().PUBLIC_URL?.startsWith("https:") ?? false;
}

/** Cookies know no ports: two consoles on one machine's loopback need names of their own. */
export function sessionCookieName(): string {
  return isHttps() ? "__Host-console-session" : `console-session-${env().PORT}`;
}

/** The token a browser sent, null when there is none or it cannot be one. */
export async function readSessionToken(): Promise<string | null> {
  const token = (await cookies()).get(sessionCookieName())?.value;
  return token && /^[\w-]{43}$/.test(token) ? token : null;
}

export async function setSessionCookie(token: string): Promise<void> {
  (await cookies()).set(sessionCookieName(), token, attributes());
}

export async function clearSessionCookie(): Promise<void> {
  (await cookies()).set(sessionCookieName(), "", { ...attributes(), maxAge: 0 });
}

/** No Expires: it ends with the browser, and on the server earlier (SESSION_IDLE_MINUTES, SESSION_MAX_HOURS). */
function attributes() {
  return { httpOnly: true, sameSite: "strict", secure: isHttps(), path: "/" } as const;
}

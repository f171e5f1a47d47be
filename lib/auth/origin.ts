/**
 * Which requests come from the console's own pages. Pure; the guard feeds it the headers.
 *
 * Host is checked on every request: a page of another site whose name was re-bound to 127.0.0.1 sends that
 * name here. Origin is demanded exactly, a missing one included, on everything that changes something: Next
 * itself lets a missing Origin pass. X-Forwarded-Host is not looked at: anyone can send it.
 */

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

function hostName(host: string): string {
  return host.replace(/:\d+$/, "");
}

/** May a browser speak to this console under this Host? */
export function isOwnHost(host: string | null, publicUrl: string | undefined): boolean {
  if (!host) return false;
  if (LOOPBACK.has(hostName(host))) return true;
  return publicUrl !== undefined && new URL(publicUrl).host === host;
}

/** Does Origin name this console, reached as `host`? */
export function isOwnOrigin(
  origin: string | null,
  host: string | null,
  publicUrl: string | undefined,
): boolean {
  if (!origin || !host) return false;
  if (publicUrl !== undefined && new URL(publicUrl).origin === origin) return true;
  return LOOPBACK.has(hostName(host)) && origin === `http://${host}`;
}

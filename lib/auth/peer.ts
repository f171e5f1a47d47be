/**
 * The address a request came from. Next gives route handlers and actions the headers alone, and fills
 * X-Forwarded-For only where the client sent none, so a client could name any address it likes. Node itself says
 * which socket a request came by (diagnostics_channel, `http.server.request.start`), before Next sees it.
 */
import diagnostics from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { isIPv6 } from "node:net";

const PEER_HEADER = "x-console-peer";

/** Call once, when the process starts. */
export function markPeers(): void {
  diagnostics.subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? "";
  });
}

/**
 * @param trustedProxies how many proxies of our own stand in front; each adds one address to X-Forwarded-For
 * @returns the client's address, for IPv6 its /64 (one customer has them all); `unknown` when nothing says it
 */
export function clientAddress(headers: Pick<Headers, "get">, trustedProxies: number): string {
  const forwarded = headers.get("x-forwarded-for")?.split(",") ?? [];
  const said = trustedProxies > 0 ? forwarded.at(-trustedProxies) : headers.get(PEER_HEADER);
  const address = said?.trim().replace(/^::ffff:(?=\d+\.)/, "") ?? "";
  if (address === "") return "unknown";
  return isIPv6(address) ? networkOf(address) : address.slice(0, 64);
}

/** Did the request come from this very machine? */
export function isLocalPeer(headers: Pick<Headers, "get">): boolean {
  return /^(127\.|::1$|::ffff:127\.)/.test(headers.get(PEER_HEADER) ?? "");
}

function networkOf(address: string): string {
  const [head = "", tail] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail?.split(":").filter(Boolean) ?? [];
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0"), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}

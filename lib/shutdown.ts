/**
 * When the process is asked to end, Next stops listening and waits until its last connection is gone. Browsers keep
 * theirs for the next request, and Node lets them for some seconds after every one: a page that asks every few
 * seconds would keep the server from ever ending. So whatever carries no request is let go of.
 */
import diagnostics from "node:diagnostics_channel";
import type { Server } from "node:http";

const LOOK_EVERY_MS = 50;

/** Call once, when the process starts. */
export function letGoOfConnectionsAtEnd(): void {
  const servers = new Set<Server>();
  diagnostics.subscribe("http.server.request.start", (message) => {
    servers.add((message as { server: Server }).server);
  });
  const letGo = () => {
    for (const server of servers) server.closeIdleConnections();
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => setInterval(letGo, LOOK_EVERY_MS).unref());
  }
}

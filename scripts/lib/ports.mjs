import { createServer } from "node:net";

/**
 * Tries to listen for a moment.
 * @param {number} port 0 = any free one
 * @param {string} [host]
 * @returns {Promise<number | undefined>} the port, or undefined when it is taken or not allowed
 */
export function tryPort(port, host = "127.0.0.1") {
  return new Promise((resolve) => {
    const server = createServer();
    server.unref();
    server.once("error", () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : undefined));
    });
  });
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | undefined>} why nobody can listen there, for example "EADDRINUSE"; undefined when one can
 */
export function listenError(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code ?? "unknown"));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** @returns {Promise<number>} a port that nobody listens on just now */
export async function freePort() {
  const port = await tryPort(0);
  if (port === undefined) throw new Error("no free port on 127.0.0.1");
  return port;
}

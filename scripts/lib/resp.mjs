/** The few words of the Redis protocol (RESP2) that starting and watching a server needs, without a client. */
import { connect } from "node:net";

/** An error that the server itself answered with. */
export class RedisReplyError extends Error {}

/**
 * @param {(string | number)[]} words
 * @returns {string}
 */
function encode(words) {
  const parts = words.map((word) => `$${Buffer.byteLength(String(word))}\r\n${word}\r\n`);
  return `*${words.length}\r\n${parts.join("")}`;
}

/**
 * Reads one reply from the start of the bytes.
 * @param {Buffer} bytes
 * @param {number} [from]
 * @returns {{value: any, end: number} | undefined} undefined while the reply is not complete
 */
export function parseReply(bytes, from = 0) {
  const lineEnd = bytes.indexOf("\r\n", from);
  if (lineEnd < 0) return undefined;
  const line = bytes.toString("utf8", from + 1, lineEnd);
  let end = lineEnd + 2;
  switch (String.fromCharCode(bytes[from] ?? 0)) {
    case "+":
      return { value: line, end };
    case "-":
      return { value: new RedisReplyError(line), end };
    case ":":
      return { value: Number(line), end };
    case "$": {
      const length = Number(line);
      if (length < 0) return { value: null, end };
      if (bytes.length < end + length + 2) return undefined;
      return { value: bytes.toString("utf8", end, end + length), end: end + length + 2 };
    }
    case "*": {
      const items = [];
      for (let left = Number(line); left > 0; left--) {
        const item = parseReply(bytes, end);
        if (!item) return undefined;
        items.push(item.value);
        end = item.end;
      }
      return { value: items, end };
    }
    default:
      throw new Error("this is not a Redis server: it does not speak RESP");
  }
}

/**
 * Sends one command on a connection of its own and gives the reply; an error reply is thrown.
 * @param {string} url redis://[user:password@]host:port[/db]
 * @param {(string | number)[]} words
 * @param {{timeoutMs?: number}} [options]
 * @returns {Promise<any>}
 */
export function command(url, words, { timeoutMs = 1000 } = {}) {
  const { hostname, port, username, password, pathname } = new URL(url);
  /** @type {string[][]} */
  const preamble = [];
  if (password) {
    const secret = decodeURIComponent(password);
    preamble.push(username ? ["AUTH", decodeURIComponent(username), secret] : ["AUTH", secret]);
  }
  if (pathname.length > 1) preamble.push(["SELECT", pathname.slice(1)]);
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, "") || "127.0.0.1",
      port: Number(port || 6379),
    });
    let bytes = Buffer.alloc(0);
    let expected = preamble.length + 1;
    const finish = (/** @type {Error | undefined} */ error, /** @type {any} */ value) => {
      clearTimeout(timer);
      socket.destroy();
      if (error) reject(error);
      else resolve(value);
    };
    const timer = setTimeout(
      () => finish(new Error(`no answer within ${timeoutMs} ms`), undefined),
      timeoutMs,
    );
    socket.on("connect", () => socket.write([...preamble, words].map(encode).join("")));
    socket.on("error", (error) => finish(error, undefined));
    socket.on("close", () => finish(new Error("the connection was closed"), undefined));
    socket.on("data", (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      try {
        for (let reply = parseReply(bytes); reply; reply = parseReply(bytes)) {
          bytes = bytes.subarray(reply.end);
          expected--;
          if (reply.value instanceof RedisReplyError) finish(reply.value, undefined);
          else if (expected === 0) finish(undefined, reply.value);
          if (bytes.length === 0) break;
        }
      } catch (error) {
        finish(/** @type {Error} */ (error), undefined);
      }
    });
  });
}

/**
 * Waits until the server answers PING. A server that is loading its data answers LOADING: it is there, and
 * only needs time.
 * @param {string} url
 * @param {{timeoutMs?: number, givenUp?: () => boolean}} [options] `givenUp` ends the wait early
 * @returns {Promise<boolean>}
 */
export async function waitUntilReady(url, { timeoutMs = 60_000, givenUp = () => false } = {}) {
  const deadline = Date.now() + timeoutMs;
  for (let pauseMs = 5; Date.now() < deadline && !givenUp(); pauseMs = Math.min(pauseMs * 2, 200)) {
    try {
      if ((await command(url, ["PING"])) === "PONG") return true;
    } catch (error) {
      if (error instanceof RedisReplyError && !error.message.startsWith("LOADING")) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return false;
}

/**
 * Stands between a browser and a console and writes down everything that passes: pages, flight, JSON, downloads and
 * event streams alike, also what was fetched ahead or given up.
 */
import { createServer, type IncomingMessage, type ServerResponse, request as send } from "node:http";
import type { AddressInfo } from "node:net";

interface Exchange {
  method: string;
  url: string;
  requestHeaders: string;
  answerHeaders: string;
  answer: Buffer[];
}

export interface RecordingProxy {
  /** For Playwright's `proxy.server`. */
  server: string;
  exchanges: readonly Exchange[];
  close(): Promise<void>;
}

/** @param origin of the console; nobody else is asked */
export async function openRecordingProxy(origin: string): Promise<RecordingProxy> {
  const exchanges: Exchange[] = [];
  const server = createServer((request, response) => {
    if (!request.url?.startsWith(`${origin}/`)) {
      response.writeHead(502).end();
      return;
    }
    pass(request, response, exchanges);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    server: `http://127.0.0.1:${port}`,
    exchanges,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function pass(request: IncomingMessage, response: ServerResponse, exchanges: Exchange[]) {
  const { method = "GET", url = "" } = request;
  // Nothing packed: what is written down is read as it is.
  const { "accept-encoding": _, "proxy-connection": __, ...headers } = request.headers;
  const exchange: Exchange = {
    method,
    url,
    requestHeaders: JSON.stringify(request.rawHeaders),
    answerHeaders: "",
    answer: [],
  };
  exchanges.push(exchange);
  const asked = send(url, { method, headers }, (answer) => {
    exchange.answerHeaders = JSON.stringify(answer.rawHeaders);
    // Scripts and fonts are the same for everybody.
    if (!url.includes("/_next/static/")) answer.on("data", (part: Buffer) => exchange.answer.push(part));
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
    answer.on("error", () => response.destroy());
  });
  asked.on("error", () => response.destroy());
  response.on("close", () => asked.destroy());
  request.pipe(asked);
}

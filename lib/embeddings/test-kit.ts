/** A model's endpoint that answers as a test says: a real HTTP server. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Seen {
  authorization: string | undefined;
  body: { model?: string; input: string[]; messages: { role: string; content: string }[] };
  atMs: number;
}

export type Handler = (request: IncomingMessage, response: ServerResponse, body: Seen["body"]) => void;

export class TestEndpoint {
  handler: Handler = (_, response) => response.end();
  seen: Seen[] = [];
  /** The most that were open at once. */
  mostAtOnce = 0;
  #open = 0;
  #server = createServer(async (request, response) => {
    this.#open += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#open);
    response.once("close", () => {
      this.#open -= 1;
    });
    let text = "";
    for await (const chunk of request) text += chunk;
    const body = JSON.parse(text || "{}");
    this.seen.push({ authorization: request.headers.authorization, body, atMs: Date.now() });
    this.handler(request, response, body);
  });

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  /** An address of its own for each `path`: what is known of one endpoint is kept by its address. */
  url(path: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  /** Answers so to everything, from now on. */
  answer(status: number, value: unknown, headers: Record<string, string> = {}): void {
    this.handler = (_, response) => {
      response.writeHead(status, headers);
      response.end(typeof value === "string" ? value : JSON.stringify(value));
    };
  }

  forget(): void {
    this.seen = [];
    this.mostAtOnce = 0;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

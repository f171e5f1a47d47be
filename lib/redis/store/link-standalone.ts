import type { Link, LinkEvents, LinkNode } from "./link";
import { RedisNode } from "./redis-node";
import type { Command, Reply } from "./wire";

/** One server, and the same one for ever. */
export class StandaloneLink implements Link {
  readonly kind = "standalone";
  readonly topology = 0;
  readonly #node: RedisNode;

  constructor(url: string, events: LinkEvents) {
    this.#node = new RedisNode(url, true, { ready: () => events.ready() });
  }

  get isReady(): boolean {
    return this.#node.isReady;
  }

  get everReady(): boolean {
    return this.#node.everReady;
  }

  get lastError(): string {
    return this.#node.lastError;
  }

  begin(): void {
    this.#node.begin();
  }

  async firstReady(): Promise<void> {
    await this.#node.ready();
  }

  send(command: Command): Promise<Reply> {
    return this.#node.send(command);
  }

  transaction(commands: readonly Command[]): Promise<Reply[]> {
    return this.#node.transaction(commands);
  }

  countingTransaction(commands: readonly Command[]): Promise<Reply[]> {
    return this.#node.countingTransaction(commands);
  }

  primaries(): LinkNode[] {
    const node = this.#node;
    return [{ name: "", url: node.url, send: (command) => node.send(command) }];
  }

  async refresh(): Promise<void> {}

  close(): void {
    this.#node.close();
  }
}

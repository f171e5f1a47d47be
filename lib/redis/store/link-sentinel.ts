/**
 * The primary that the sentinels name. Whenever its connection breaks they are asked again, before anything is sent
 * to the same address: a primary that comes back after a replica took its place would take writes and lose them.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { ErrorReply } from "redis";
import { withDeadline } from "./deadline";
import { type Link, type LinkEvents, type LinkNode, unreachable } from "./link";
import { RedisNode } from "./redis-node";
import { toArray, toInt, toText } from "./reply";
import { hostPort, nodeUrl, type StoreAddress, sentinelUrl } from "./store-address";
import type { Command, Reply } from "./wire";

/** Between two looks for a primary that is not there yet. */
const SEARCH_EVERY_MS = 250;
/** Asked rather than waiting for +switch-master: a notice can be missed. One small command. */
const CHECK_EVERY_MS = 1_000;
const ANSWER_MS = 1_000;

export class SentinelLink implements Link {
  readonly kind = "sentinel";
  everReady = false;
  lastError = "";
  topology = 0;
  #node: RedisNode | null = null;
  #lastUrl: string | null = null;
  #search: Promise<void> | null = null;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;
  /** In the order in which they are asked; the one that answered last comes first. */
  #sentinels: string[];
  readonly #connections = new Map<string, RedisNode>();
  readonly #demandPassword = new Set<string>();

  constructor(
    readonly address: StoreAddress,
    readonly events: LinkEvents,
  ) {
    this.#sentinels = [...address.hosts];
  }

  get isReady(): boolean {
    return this.#node?.isReady ?? false;
  }

  begin(): void {
    if (this.isReady || this.#isClosed) return;
    this.#search ??= this.#find().finally(() => {
      this.#search = null;
    });
  }

  async firstReady(): Promise<void> {
    this.begin();
    await this.#search;
  }

  send(command: Command): Promise<Reply> {
    return this.#ask((node) => node.send(command));
  }

  transaction(commands: readonly Command[]): Promise<Reply[]> {
    return this.#ask((node) => node.transaction(commands));
  }

  countingTransaction(commands: readonly Command[]): Promise<Reply[]> {
    return this.#ask((node) => node.countingTransaction(commands));
  }

  primaries(): LinkNode[] {
    const node = this.#node;
    return node ? [{ name: node.url, url: node.url, send: (command) => this.send(command) }] : [];
  }

  /** Is the primary still the one that the sentinels name? If not, it is left at once. */
  async refresh(): Promise<void> {
    const node = this.#node;
    const named = await this.#askSentinels();
    if (named && node && node === this.#node && nodeUrl(this.address, named) !== node.url) {
      this.#leave(node, "another primary has taken over");
    }
    await this.#search;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#node?.close();
    for (const connection of this.#connections.values()) connection.close();
  }

  async #ask<T>(attempt: (node: RedisNode) => Promise<T>): Promise<T> {
    const node = this.#node;
    if (!node?.isReady) throw noPrimary();
    try {
      return await attempt(node);
    } catch (error) {
      throw this.#judged(node, error);
    }
  }

  /** A primary that became a replica refuses writes: nothing was done, and the next command goes elsewhere. */
  #judged(node: RedisNode, error: unknown): unknown {
    if (error instanceof ErrorReply && /^READONLY/.test(error.message)) {
      this.#leave(node, "the primary has become a replica");
    }
    return error;
  }

  #leave(node: RedisNode, why: string): void {
    if (this.#node !== node) return;
    this.#node = null;
    this.lastError = why;
    clearTimeout(this.#timer);
    node.close();
    this.begin();
  }

  async #find(): Promise<void> {
    while (!this.#isClosed) {
      const named = await this.#askSentinels();
      const node = named ? await this.#connect(nodeUrl(this.address, named)) : null;
      if (node) return;
      await sleep(SEARCH_EVERY_MS, undefined, { ref: false });
    }
  }

  async #connect(url: string): Promise<RedisNode | null> {
    const node: RedisNode = new RedisNode(url, false, {
      lost: () => this.#leave(node, node.lastError),
    });
    try {
      await withDeadline(node.ready(), ANSWER_MS);
      // Right after a failover the sentinels may be ahead of the server, or behind it.
      const role = toText(toArray(await withDeadline(node.send(["ROLE"]), ANSWER_MS).catch(roleUnknown))[0]);
      if (role !== "master") throw new Error("it is a replica");
      if (!node.isReady || this.#isClosed) throw new Error("connection closed");
    } catch {
      this.lastError = node.lastError || "the primary that the sentinels name does not answer as one";
      node.close();
      return null;
    }
    this.#node = node;
    this.everReady = true;
    this.#checkLater();
    this.events.ready();
    if (this.#lastUrl !== url) {
      const isFirst = this.#lastUrl === null;
      this.#lastUrl = url;
      this.topology += 1;
      if (!isFirst) this.events.topology();
    }
    return node;
  }

  #checkLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      void this.refresh().then(() => {
        if (this.#node && !this.#isClosed) this.#checkLater();
      });
    }, CHECK_EVERY_MS).unref();
  }

  /** @returns `host:port` of the primary, from the first sentinel that knows it */
  async #askSentinels(): Promise<string | null> {
    for (const sentinel of [...this.#sentinels]) {
      try {
        const reply = await this.#askOne(sentinel, [
          "SENTINEL",
          "GET-MASTER-ADDR-BY-NAME",
          this.address.primaryName,
        ]);
        if (reply === null) {
          this.lastError = "the sentinels know no primary of that name";
          continue;
        }
        this.#sentinels = [sentinel, ...this.#sentinels.filter((other) => other !== sentinel)];
        const [host, port] = toArray(reply);
        return hostPort(toText(host), toInt(port));
      } catch {
        if (!this.isReady) this.lastError = "no sentinel answers";
      }
    }
    return null;
  }

  async #askOne(sentinel: string, command: Command): Promise<Reply> {
    const known = this.#demandPassword.has(sentinel);
    let connection = this.#connections.get(sentinel);
    if (!connection) {
      const made = new RedisNode(sentinelUrl(this.address, sentinel, known), false, {
        lost: () => this.#connections.get(sentinel) === made && this.#connections.delete(sentinel),
      });
      connection = made;
      this.#connections.set(sentinel, connection);
    }
    try {
      await withDeadline(connection.ready(), ANSWER_MS);
      return await withDeadline(connection.send(command), ANSWER_MS);
    } catch (error) {
      connection.close();
      this.#connections.delete(sentinel);
      // Sentinels that demand a password are given the store's; others would refuse it.
      if (known || !this.address.credentials || !/^NOAUTH/.test(String((error as Error).message)))
        throw error;
      this.#demandPassword.add(sentinel);
      return this.#askOne(sentinel, command);
    }
  }
}

/** A Redis user may be without ROLE; then the sentinels' word is taken. */
function roleUnknown(error: unknown): Reply {
  if (error instanceof ErrorReply && /^NOPERM/.test(error.message)) return ["master"];
  throw error;
}

function noPrimary() {
  return unreachable("No primary can be reached: the sentinels may be choosing one.");
}

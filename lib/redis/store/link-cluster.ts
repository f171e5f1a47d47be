/**
 * Many primaries, each with a part of the 16,384 slots. A command goes where its key lies and follows the cluster:
 * MOVED and ASK say that nothing was done there, so anything may follow them. TRYAGAIN and CLUSTERDOWN pass, and
 * reads wait for that. A command whose connection broke is never sent again: what became of it is not known.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { ErrorReply } from "redis";
import { SafeError } from "../../errors";
import { ClusterNodes } from "./cluster-nodes";
import { slotOf } from "./cluster-slots";
import { isRead, keyOf } from "./command-keys";
import { type Link, type LinkEvents, type LinkNode, unreachable } from "./link";
import type { RedisNode } from "./redis-node";
import { toInt } from "./reply";
import { hostPort, type StoreAddress } from "./store-address";
import type { Command, Reply } from "./wire";

const MAX_REDIRECTS = 5;
/** In all about 1.5 s. */
const PATIENCE_MS = [50, 100, 200, 400, 750];

/** Ask this node. `isAsking`: the slot is on its way there. */
type Attempt = (node: RedisNode, isAsking: boolean) => Promise<Reply>;

export class ClusterLink implements Link {
  readonly kind = "cluster";
  readonly #nodes: ClusterNodes;

  constructor(address: StoreAddress, events: LinkEvents) {
    this.#nodes = new ClusterNodes(address, events);
  }

  get isReady(): boolean {
    return this.#nodes.isReady;
  }

  get everReady(): boolean {
    return this.#nodes.everReady;
  }

  get topology(): number {
    return this.#nodes.topology;
  }

  get lastError(): string {
    const { map, lastError } = this.#nodes;
    const missing = this.#nodes.missing().length;
    return map && missing > 0 ? `${missing} of ${map.primaries.length} primaries: ${lastError}` : lastError;
  }

  begin(): void {
    if (!this.#nodes.map) void this.#nodes.refresh();
  }

  firstReady(): Promise<void> {
    return this.#nodes.firstReady();
  }

  async send(command: Command): Promise<Reply> {
    const key = keyOf(command);
    if (command[0] === "DBSIZE") return this.#keyCount();
    const attempt: Attempt = (node, isAsking) => (isAsking ? node.sendAsking(command) : node.send(command));
    return this.#follow(key === null ? null : slotOf(key), attempt, isRead(command));
  }

  /** @throws SafeError `store_refused` when the keys lie in different slots: nothing was sent */
  async transaction(commands: readonly Command[]): Promise<Reply[]> {
    const keys = commands.map(keyOf).filter((key) => key !== null);
    const slots = new Set(keys.map(slotOf));
    if (slots.size > 1) {
      throw new SafeError("store_refused", "The keys of this change live on different cluster nodes.", {
        hint: "Nothing was done. In Redis's words: CROSSSLOT.",
      });
    }
    const attempt: Attempt = (node, isAsking) => node.transaction(commands, isAsking);
    return (await this.#follow([...slots][0] ?? null, attempt, commands.every(isRead))) as Reply[];
  }

  /** Not the client's multi(): it could not be asked behind ASKING. */
  countingTransaction(commands: readonly Command[]): Promise<Reply[]> {
    return this.transaction(commands);
  }

  primaries(slot: number | null = null): LinkNode[] {
    const { map } = this.#nodes;
    if (!map) return [];
    const names = slot === null ? map.primaries : [this.#holder(slot)];
    return names.map((name) => {
      const node = this.#nodes.node(name);
      return { name, url: node.url, send: (command) => this.#at(name, (it) => it.send(command)) };
    });
  }

  refresh(): Promise<void> {
    return this.#nodes.refresh();
  }

  close(): void {
    this.#nodes.close();
  }

  async #keyCount(): Promise<number> {
    const counts = await Promise.all(this.primaries().map((node) => node.send(["DBSIZE"])));
    return counts.reduce<number>((sum, count) => sum + toInt(count), 0);
  }

  #holder(slot: number): string {
    const { map } = this.#nodes;
    const name = map?.primaries[map.owner[slot] ?? -1];
    if (name === undefined) throw unreachable("No node of the cluster holds this key now.");
    return name;
  }

  #any(): string {
    const { map } = this.#nodes;
    const missing = this.#nodes.missing();
    const name = map?.primaries.find((primary) => !missing.includes(primary));
    if (name === undefined) throw unreachable("No node of the cluster can be reached.");
    return name;
  }

  /** Sent within this turn where there is a connection: commands of one pipeline stay in their order. */
  #at<T>(name: string, attempt: (node: RedisNode) => Promise<T>): Promise<T> {
    const away = () => unreachable("The node of the cluster that holds this key cannot be reached.");
    if (this.#nodes.isResting(name)) return Promise.reject(away());
    const node = this.#nodes.node(name);
    if (node.isReady) return attempt(node);
    return node.ready().then(
      () => attempt(node),
      () => Promise.reject(away()),
    );
  }

  async #follow(slot: number | null, attempt: Attempt, mayWait: boolean): Promise<Reply> {
    let [redirects, waits] = [0, 0];
    let name = slot === null ? this.#any() : this.#holder(slot);
    let isAsking = false;
    for (;;) {
      const asked = isAsking;
      isAsking = false;
      try {
        return await this.#at(name, (node) => attempt(node, asked));
      } catch (error) {
        const refusal = error instanceof ErrorReply ? error.message : "";
        const redirect = /^(MOVED|ASK) \d+ (\S*):(\d+)/.exec(refusal);
        if (redirect && redirects < MAX_REDIRECTS) {
          redirects += 1;
          isAsking = redirect[1] === "ASK";
          // Without a host: the one that was asked.
          const host = redirect[2] || name.slice(0, name.lastIndexOf(":"));
          name = hostPort(host, Number(redirect[3]));
          if (!isAsking) void this.#nodes.refresh();
        } else if (mayWait && waits < PATIENCE_MS.length && /^(TRYAGAIN|CLUSTERDOWN)/.test(refusal)) {
          await sleep(PATIENCE_MS[waits++]);
          name = slot === null ? this.#any() : this.#holder(slot);
        } else {
          throw error;
        }
      }
    }
  }
}

/** The connections to a cluster's primaries, and who holds which slots: kept up as the cluster changes. */
import { ErrorReply } from "redis";
import { type ClusterMap, readClusterMap } from "./cluster-slots";
import { DEADLINE_MS, withDeadline } from "./deadline";
import type { LinkEvents } from "./link";
import { RedisNode } from "./redis-node";
import { toText } from "./reply";
import { nodeUrl, type StoreAddress } from "./store-address";
import type { Reply } from "./wire";

/** While a primary is missing. */
const SEARCH_EVERY_MS = 300;
/** Otherwise: MOVED tells of a change sooner, but not where nobody asks. */
const CHECK_EVERY_MS = 3_000;
const ANSWER_MS = 1_000;
/** Nodes asked for the map at once. */
const MAX_ASKED = 5;

interface View {
  map: ClusterMap;
  isOk: boolean;
  epoch: number;
}

export class ClusterNodes {
  map: ClusterMap | null = null;
  everReady = false;
  lastError = "";
  topology = 0;
  readonly #nodes = new Map<string, RedisNode>();
  #refreshing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #nextAtMs = Number.POSITIVE_INFINITY;
  readonly #lostAtMs = new Map<string, number>();
  #isClosed = false;
  #wasReady = false;

  constructor(
    readonly address: StoreAddress,
    readonly events: LinkEvents,
  ) {}

  get isReady(): boolean {
    return this.map !== null && this.missing().length === 0;
  }

  /** Primaries without a connection. */
  missing(): string[] {
    return (this.map?.primaries ?? []).filter((name) => !this.#nodes.get(name)?.isReady);
  }

  /** The connection to a node, being made where there is none. */
  node(name: string): RedisNode {
    let node = this.#nodes.get(name);
    if (!node) {
      const made: RedisNode = new RedisNode(nodeUrl(this.address, name), false, {
        lost: () => this.#forget(name, made),
      });
      node = made;
      this.#nodes.set(name, node);
      node.ready().catch(() => {});
    }
    return node;
  }

  /** Ask who holds what, and connect to them. Joined when it is under way. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = null;
      this.#nextAtMs = Number.POSITIVE_INFINITY;
      this.#later();
    });
    return this.#refreshing;
  }

  async firstReady(): Promise<void> {
    while (!this.isReady && !this.#isClosed) {
      await this.refresh();
      if (!this.isReady) await new Promise((go) => setTimeout(go, 50).unref());
    }
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const node of this.#nodes.values()) node.close();
  }

  #forget(name: string, node: RedisNode): void {
    if (this.#nodes.get(name) !== node) return;
    this.#nodes.delete(name);
    node.close();
    if (!this.map?.primaries.includes(name)) return;
    this.lastError = node.lastError;
    this.#wasReady = false;
    this.#lostAtMs.set(name, Date.now());
    if (!this.#refreshing) this.#later();
  }

  /** Was it out of reach a moment ago? Then commands are refused without another try, which {@link refresh} makes. */
  isResting(name: string): boolean {
    return !this.#nodes.has(name) && Date.now() - (this.#lostAtMs.get(name) ?? 0) < SEARCH_EVERY_MS;
  }

  /** Never later than what was planned: losses come by the hundred. */
  #later(): void {
    if (this.#isClosed) return;
    const waitMs = this.isReady ? CHECK_EVERY_MS : SEARCH_EVERY_MS;
    if (this.#nextAtMs <= Date.now() + waitMs) return;
    clearTimeout(this.#timer);
    this.#nextAtMs = Date.now() + waitMs;
    this.#timer = setTimeout(() => void this.refresh(), waitMs).unref();
  }

  async #refresh(): Promise<void> {
    const known = this.map?.primaries ?? [];
    // Primaries that answer first, then the hosts of the configuration: they may all have been replaced.
    const names = [...new Set([...known.filter((name) => this.#nodes.get(name)?.isReady), ...known])];
    let views = await this.#ask(names.slice(0, MAX_ASKED));
    if (views.length === 0) views = await this.#ask(this.address.hosts.slice(0, MAX_ASKED));
    if (this.#isClosed) return;
    const best = views.sort((a, b) => Number(b.isOk) - Number(a.isOk) || b.epoch - a.epoch)[0];
    if (best) await this.#adopt(best.map);
    const isReady = this.isReady;
    if (isReady && !this.#wasReady) {
      this.everReady = true;
      this.events.ready();
    }
    this.#wasReady = isReady;
  }

  async #ask(names: string[]): Promise<View[]> {
    const views = await Promise.all(names.map((name) => this.#view(name).catch(() => null)));
    return views.filter((view) => view !== null);
  }

  /** What one node believes. One that was cut off from the others says that the cluster is not ok, or is behind. */
  async #view(name: string): Promise<View> {
    const node = this.node(name);
    try {
      await withDeadline(node.ready(), ANSWER_MS);
      const [slots, info] = await withDeadline(
        Promise.all([node.send(["CLUSTER", "SLOTS"]), node.send(["CLUSTER", "INFO"]).catch(ifRefused)]),
        ANSWER_MS,
      );
      const told = toText(info);
      return {
        map: readClusterMap(slots, name.slice(0, name.lastIndexOf(":")).replace(/^\[|\]$/g, "")),
        isOk: /^cluster_state:ok/m.test(told),
        epoch: Number(/^cluster_current_epoch:(\d+)/m.exec(told)?.[1] ?? 0),
      };
    } catch (error) {
      if (!this.isReady) this.lastError = node.lastError || "no node of the cluster answers";
      throw error;
    }
  }

  async #adopt(map: ClusterMap): Promise<void> {
    const isFirst = this.map === null;
    const isOther = this.map?.signature !== map.signature;
    this.map = map;
    await Promise.all(
      map.primaries.map((name) => withDeadline(this.node(name).ready(), ANSWER_MS).catch(() => {})),
    );
    for (const [name, node] of this.#nodes) {
      if (map.primaries.includes(name)) continue;
      this.#nodes.delete(name);
      // What it was asked last may still be answered.
      setTimeout(() => node.close(), DEADLINE_MS).unref();
    }
    if (!isOther) return;
    this.topology += 1;
    if (!isFirst) this.events.topology();
  }
}

/** A Redis user may be without it; then all nodes are believed alike. */
function ifRefused(error: unknown): Reply {
  if (error instanceof ErrorReply) return "";
  throw error;
}

/**
 * The one way to talk to Redis: literal commands in, binary-safe replies out, a deadline around every call.
 *
 * Replies come in RESP2 form with every bulk string as a Buffer: an embedding or a message read as text would
 * be corrupted, and a map would lose a field named `__proto__`. Which server a command goes to is the link's business.
 */
import { ErrorReply } from "redis";
import { SafeError } from "../../errors";
import { type Capabilities, detectCapabilities } from "./capabilities";
import { DEADLINE_MS, withDeadline } from "./deadline";
import type { Link, LinkEvents } from "./link";
import { ClusterLink } from "./link-cluster";
import { SentinelLink } from "./link-sentinel";
import { StandaloneLink } from "./link-standalone";
import { parseStoreAddress, type StoreKind } from "./store-address";
import type { Command, Reply } from "./wire";

const CONNECT_DEADLINE_MS = 1_500;

export interface StoreState {
  state: "up" | "down";
  /** Why it is down, without addresses or credentials. */
  reason?: string;
}

/** A server that holds keys of the store: the only one, or one of a cluster's primaries. */
export interface StoreNode {
  /** For telling nodes apart. */
  name: string;
  /** Credentials included: only for opening another connection to the same server. */
  url: string;
  command(...command: Command): Promise<Reply>;
}

export class Store {
  readonly #link: Link;
  readonly #url: string;
  readonly #database: number;
  #capabilities: Promise<Capabilities> | undefined;
  readonly #onTopology = new Set<() => void>();

  /** @param url see store-address.ts */
  constructor(url: string) {
    const address = parseStoreAddress(url);
    if (!address) throw new TypeError("this is no address of a store");
    const events: LinkEvents = {
      // A server that came back may be another one: another version, other modules.
      ready: () => {
        this.#capabilities = undefined;
      },
      topology: () => {
        this.#capabilities = undefined;
        for (const listener of this.#onTopology) listener();
      },
    };
    this.#url = url;
    this.#database = address.database;
    if (address.kind === "sentinel") this.#link = new SentinelLink(address, events);
    else if (address.kind === "cluster") this.#link = new ClusterLink(address, events);
    else this.#link = new StandaloneLink(url, events);
  }

  /** How the store is reached; what the server says of itself is in {@link capabilities}. */
  get kind(): StoreKind {
    return this.#link.kind;
  }

  /** Number of the database; 0 where nothing else is said. */
  get database(): number {
    return this.#database;
  }

  /** Is the connection usable now, for every key? Sends nothing. */
  get state(): StoreState {
    if (this.#link.isReady) return { state: "up" };
    return { state: "down", reason: this.#link.lastError || "not connected yet" };
  }

  /** One command. @throws the client's own error; {@link storeError} at the guard makes it fit for people. */
  async command(...command: Command): Promise<Reply> {
    await this.#open();
    return withDeadline(this.#link.send(command), DEADLINE_MS);
  }

  /**
   * Independent commands in one round trip, of a cluster one to each node. Each answer stands alone: a refused
   * command gives its Error in place of a reply. @throws only when the connection fails.
   */
  async pipeline(commands: readonly Command[], deadlineMs = DEADLINE_MS): Promise<(Reply | ErrorReply)[]> {
    if (commands.length === 0) return [];
    await this.#open();
    const answers = commands.map((command) => this.#link.send(command).catch(refusalOrThrow));
    // Without this, the second rejection of a broken connection would be unhandled.
    for (const answer of answers) answer.catch(() => {});
    return withDeadline(Promise.all(answers), deadlineMs);
  }

  /**
   * MULTI … EXEC in one round trip. @throws the first refused command's error. In Redis the other commands of a
   * transaction still took effect; callers that can be hit by that check first. In a cluster all keys must lie in
   * one slot: SafeError `store_refused` where they do not.
   */
  async transaction(commands: readonly Command[]): Promise<Reply[]> {
    await this.#open();
    return withDeadline(this.#link.transaction(commands), DEADLINE_MS);
  }

  /**
   * {@link transaction} for commands that answer with integers alone, as counting does: at three quarters of its cost,
   * through the client's own multi(). Text in an answer would lose its bytes.
   */
  async countingTransaction(commands: readonly Command[]): Promise<Reply[]> {
    if (!this.#link.isReady) await this.#open();
    return withDeadline(this.#link.countingTransaction(commands), DEADLINE_MS);
  }

  /** What this server can do; asked once per connection. */
  capabilities(): Promise<Capabilities> {
    this.#capabilities ??= detectCapabilities(this).catch((error: unknown) => {
      this.#capabilities = undefined;
      throw error;
    });
    return this.#capabilities;
  }

  /**
   * Every server that holds keys. @param slot of a cluster, only the one that holds it
   * @throws SafeError when there is none now
   */
  async nodes(slot: number | null = null): Promise<StoreNode[]> {
    await this.#open();
    return this.#link.primaries(slot).map(({ name, url, send }) => ({
      name,
      url,
      command: (...command) => withDeadline(send(command), DEADLINE_MS),
    }));
  }

  /** The same command at every server that holds keys; answers as {@link pipeline} gives them. */
  async everyNode(...command: Command): Promise<(Reply | ErrorReply)[]> {
    const nodes = await this.nodes();
    return Promise.all(nodes.map((node) => node.command(...command).catch(refusalOrThrow)));
  }

  /** Another number when other servers serve, or other slots. */
  get topology(): number {
    return this.#link.topology;
  }

  /** Look whether the same servers still serve; without that it is noticed within seconds. */
  refreshTopology(): Promise<void> {
    return withDeadline(this.#link.refresh(), DEADLINE_MS);
  }

  /** Be told when {@link topology} changes. @returns how to stop that */
  onTopology(listener: () => void): () => void {
    this.#onTopology.add(listener);
    return () => this.#onTopology.delete(listener);
  }

  /** The address as configured, credentials included: only for opening another connection to the same store. */
  connectionUrl(): string {
    return this.#url;
  }

  /** Where changes must be listened for: every server that holds keys. @throws SafeError while none is known */
  async trackedUrls(): Promise<string[]> {
    if (this.kind === "standalone") return [this.#url];
    return (await this.nodes()).map(({ url }) => url);
  }

  /** Close the connection; for tests and scripts. */
  close(): void {
    this.#link.close();
  }

  async #open(): Promise<void> {
    if (this.#link.isReady) return;
    this.#link.begin();
    // Wait for the very first connection only. Later a lost connection answers at once.
    if (this.#link.everReady) return;
    try {
      await withDeadline(this.#link.firstReady(), CONNECT_DEADLINE_MS);
    } catch {
      throw new SafeError("store_unreachable", "Redis cannot be reached.", {
        hint: this.#link.lastError
          ? `The connection says: ${this.#link.lastError}. Check REDIS_URL and that the server runs.`
          : "Check REDIS_URL and that the server runs.",
      });
    }
  }
}

function refusalOrThrow(error: unknown): ErrorReply {
  if (error instanceof ErrorReply) return error;
  throw error;
}

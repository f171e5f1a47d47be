/** One connection to one server: RESP2, every bulk string a Buffer, nothing queued while it is away. */
import { createClient, ErrorReply, MultiErrorReply, RESP_TYPES } from "redis";
import { describeSocketError } from "./store-errors";
import type { Command, Reply } from "./wire";

function createRawClient(url: string, reconnects: boolean) {
  return createClient({
    url,
    RESP: 2,
    // Offline commands fail at once; queued they would cost memory and answer long after anyone waits.
    disableOfflineQueue: true,
    commandsQueueMaxLength: 10_000,
    pingInterval: 700,
    // Off: it makes an AbortSignal for every command (two thirds of a hit's CPU time, measured), and ends only
    // commands that were never sent. The deadline around each call covers those too.
    commandOptions: { timeout: 0 },
    socket: {
      connectTimeout: 1_000,
      socketTimeout: 2_000,
      // Explicit: the default strategy gives up after a socket timeout.
      reconnectStrategy: reconnects ? (retries) => Math.min(100 * 2 ** Math.min(retries, 10), 1_000) : false,
    },
  }).withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
}

export interface NodeEvents {
  ready?: () => void;
  /** The connection broke, or could not be made. Told once where it does not come back by itself. */
  lost?: () => void;
}

export class RedisNode {
  everReady = false;
  lastError = "";
  readonly #client: ReturnType<typeof createRawClient>;
  #opening: Promise<unknown> | undefined;

  /**
   * @param reconnects true: the same address is tried again for ever. False where it may not be the right one any
   *   more: a primary that was replaced while it was away takes writes until it learns of that, and loses them.
   */
  constructor(
    readonly url: string,
    readonly reconnects: boolean,
    events: NodeEvents = {},
  ) {
    this.#client = createRawClient(url, reconnects);
    let isLost = false;
    this.#client.on("error", (error: Error & { code?: string }) => {
      this.lastError = describeSocketError(error);
      if (isLost && !reconnects) return;
      isLost = true;
      events.lost?.();
    });
    this.#client.on("ready", () => {
      this.everReady = true;
      events.ready?.();
    });
  }

  get isReady(): boolean {
    return this.#client.isReady;
  }

  /** Begin to connect; later calls do nothing. */
  begin(): void {
    if (this.#opening) return;
    this.#opening = this.#client.connect();
    this.#opening.catch(() => {});
  }

  /** Resolves when it is connected; rejects only where it does not try again. */
  async ready(): Promise<void> {
    this.begin();
    if (this.#client.isReady) return;
    const ready = new Promise<void>((resolve) => this.#client.once("ready", () => resolve()));
    // One that tries for ever may have failed to open the first time.
    await (this.reconnects ? ready : Promise.race([ready, this.#opening]));
  }

  /** @throws the client's own error */
  send(command: Command): Promise<Reply> {
    return this.#client.sendCommand<Reply>(toArgs(command));
  }

  /** A command for a slot that is moving to this node: taken only right behind ASKING. */
  sendAsking(command: Command): Promise<Reply> {
    const chainId = Symbol("asking");
    const asked = this.#client.sendCommand<Reply>(["ASKING"], { chainId });
    asked.catch(() => {});
    return this.#client.sendCommand<Reply>(toArgs(command), { chainId });
  }

  /**
   * MULTI … EXEC in one round trip. @throws the first refused command's error. In Redis the other commands of a
   * transaction still took effect; callers that can be hit by that check first.
   */
  async transaction(commands: readonly Command[], isAsking = false): Promise<Reply[]> {
    // Not the client's multi(): it reads EXEC's reply without the type mapping, which turns bytes into text.
    // The chain keeps a connection that breaks in the middle from sending the rest outside of the transaction.
    const chainId = Symbol("transaction");
    const words: Command[] = [["MULTI"], ...commands, ["EXEC"]];
    if (isAsking) words.unshift(["ASKING"]);
    const sent = words.map((command) => this.#client.sendCommand<Reply>(toArgs(command), { chainId }));
    // all() listens to each of them, so that the first rejection is thrown and no other is unhandled.
    const replies = (await Promise.all(sent)).at(-1) as (Reply | ErrorReply)[];
    for (const reply of replies) if (reply instanceof ErrorReply) throw reply;
    return replies as Reply[];
  }

  /** {@link transaction} through the client's own multi(): for commands that answer with integers alone. */
  async countingTransaction(commands: readonly Command[]): Promise<Reply[]> {
    const multi = this.#client.multi();
    for (const command of commands) multi.addCommand(toArgs(command));
    try {
      return (await multi.exec()) as unknown as Reply[];
    } catch (error) {
      if (!(error instanceof MultiErrorReply)) throw error;
      throw error.replies[error.errorIndexes[0]!];
    }
  }

  close(): void {
    try {
      this.#client.destroy();
    } catch {
      // It never opened, or gave up by itself.
    }
  }
}

function toArgs(command: Command): (string | Buffer)[] {
  return command.map((arg) => (typeof arg === "number" ? String(arg) : arg));
}

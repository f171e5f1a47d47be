/**
 * The one way to talk to Redis: literal commands in, binary-safe replies out, a deadline around every call.
 *
 * Replies come in RESP2 form with every bulk string as a Buffer: an embedding or a message read as text would
 * be corrupted, and a map would lose a field named `__proto__`.
 */
import { createClient, ErrorReply, MultiErrorReply, RESP_TYPES } from "redis";
import { SafeError } from "../errors";
import { type Capabilities, detectCapabilities } from "./capabilities";
import { describeSocketError } from "./store-errors";

export type Arg = string | Buffer | number;
/** A command as Redis documents it, for example `["LRANGE", key, 0, 4]`. */
export type Command = readonly [name: string, ...args: Arg[]];
export type Reply = Buffer | string | number | null | Reply[];

/** Longest wait for one answer. A hung server is noticed by the socket after about 2 s. */
export const DEADLINE_MS = 3_000;
const CONNECT_DEADLINE_MS = 1_500;

export interface StoreState {
  state: "up" | "down";
  /** Why it is down, without addresses or credentials. */
  reason?: string;
}

function createRawClient(url: string) {
  return createClient({
    url,
    RESP: 2,
    // Offline commands fail at once; queued they would cost memory and answer long after anyone waits.
    disableOfflineQueue: true,
    commandsQueueMaxLength: 10_000,
    pingInterval: 700,
    // Off: it makes an AbortSignal for every command (two thirds of a hit's CPU time, measured), and ends only
    // commands that were never sent. The deadline around each call here covers those too.
    commandOptions: { timeout: 0 },
    socket: {
      connectTimeout: 1_000,
      socketTimeout: 2_000,
      // Explicit: the default strategy gives up after a socket timeout.
      reconnectStrategy: (retries) => Math.min(100 * 2 ** Math.min(retries, 10), 1_000),
    },
  }).withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
}

function toArgs(command: Command): (string | Buffer)[] {
  return command.map((arg) => (typeof arg === "number" ? String(arg) : arg));
}

async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new SafeError("store_timeout", `Redis did not answer within ${ms / 1000} s.`, {
            hint: "It may be busy or hung. Look again in a moment.",
          }),
        ),
      ms,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

export class Store {
  readonly #client: ReturnType<typeof createRawClient>;
  readonly #url: string;
  #opening: Promise<unknown> | undefined;
  #capabilities: Promise<Capabilities> | undefined;
  #everReady = false;
  #lastError = "";

  constructor(url: string) {
    this.#client = createRawClient(url);
    this.#url = url;
    this.#client.on("error", (error: Error & { code?: string }) => {
      this.#lastError = describeSocketError(error);
    });
    this.#client.on("ready", () => {
      this.#everReady = true;
      // A server that came back may be another one: another version, other modules.
      this.#capabilities = undefined;
    });
  }

  /** Is the connection usable now? Sends nothing. */
  get state(): StoreState {
    if (this.#client.isReady) return { state: "up" };
    return { state: "down", reason: this.#lastError || "not connected yet" };
  }

  /** One command. @throws the client's own error; {@link storeError} at the guard makes it fit for people. */
  async command(...command: Command): Promise<Reply> {
    await this.#open();
    return withDeadline(this.#client.sendCommand<Reply>(toArgs(command)), DEADLINE_MS);
  }

  /**
   * Independent commands in one round trip. Each answer stands alone: a refused command gives its Error in place
   * of a reply. @throws only when the connection fails.
   */
  async pipeline(commands: readonly Command[], deadlineMs = DEADLINE_MS): Promise<(Reply | ErrorReply)[]> {
    if (commands.length === 0) return [];
    await this.#open();
    const answers = commands.map((command) =>
      this.#client.sendCommand<Reply>(toArgs(command)).catch((error: unknown) => {
        if (error instanceof ErrorReply) return error;
        throw error;
      }),
    );
    // Without this, the second rejection of a broken connection would be unhandled.
    for (const answer of answers) answer.catch(() => {});
    return withDeadline(Promise.all(answers), deadlineMs);
  }

  /**
   * MULTI … EXEC in one round trip. @throws the first refused command's error. In Redis the other commands of a
   * transaction still took effect; callers that can be hit by that check first.
   */
  async transaction(commands: readonly Command[]): Promise<Reply[]> {
    await this.#open();
    // Not the client's multi(): it reads EXEC's reply without the type mapping, which turns bytes into text.
    // The chain keeps a connection that breaks in the middle from sending the rest outside of the transaction.
    const chainId = Symbol("transaction");
    const sent = [["MULTI"] as const, ...commands, ["EXEC"] as const].map((command) =>
      this.#client.sendCommand<Reply>(toArgs(command), { chainId }),
    );
    // all() listens to each of them, so that the first rejection is thrown and no other is unhandled.
    const answers = await withDeadline(Promise.all(sent), DEADLINE_MS);
    const replies = answers.at(-1) as (Reply | ErrorReply)[];
    for (const reply of replies) if (reply instanceof ErrorReply) throw reply;
    return replies as Reply[];
  }

  /**
   * {@link transaction} for commands that answer with integers alone, as counting does: at three quarters of its cost,
   * through the client's own multi(). Text in an answer would lose its bytes.
   */
  async countingTransaction(commands: readonly Command[]): Promise<Reply[]> {
    if (!this.#client.isReady) await this.#open();
    const multi = this.#client.multi();
    for (const command of commands) multi.addCommand(toArgs(command));
    try {
      return (await withDeadline(multi.exec(), DEADLINE_MS)) as unknown as Reply[];
    } catch (error) {
      if (!(error instanceof MultiErrorReply)) throw error;
      throw error.replies[error.errorIndexes[0]!];
    }
  }

  /** What this server can do; asked once per connection. */
  capabilities(): Promise<Capabilities> {
    this.#capabilities ??= detectCapabilities(this).catch((error: unknown) => {
      this.#capabilities = undefined;
      throw error;
    });
    return this.#capabilities;
  }

  /** The address, credentials included: only for opening another connection to the same server. */
  connectionUrl(): string {
    return this.#url;
  }

  /** Close the connection; for tests and scripts. */
  close(): void {
    this.#client.destroy();
  }

  async #open(): Promise<void> {
    if (this.#client.isReady) return;
    if (!this.#opening) {
      this.#opening = this.#client.connect();
      this.#opening.catch(() => {});
    }
    // Wait for the very first connection only. Later a lost connection answers at once.
    if (this.#everReady) return;
    const ready = new Promise<void>((resolve) => {
      if (this.#client.isReady) resolve();
      else this.#client.once("ready", () => resolve());
    });
    try {
      await withDeadline(ready, CONNECT_DEADLINE_MS);
    } catch {
      throw new SafeError("store_unreachable", "Redis cannot be reached.", {
        hint: this.#lastError
          ? `The connection says: ${this.#lastError}. Check REDIS_URL and that the server runs.`
          : "Check REDIS_URL and that the server runs.",
      });
    }
  }
}

/** One subscription to the changes of one server, of keys that begin alike. */
import { createClient } from "redis";

export interface TrackerEvents {
  /** null: everything went at once. */
  key: (key: Buffer | null) => void;
  /** Changes are told from now on; those before, since the last time, were not. */
  ready: () => void;
  lost: (error: Error) => void;
}

export class Tracker {
  live = false;
  readonly #client: ReturnType<typeof createTrackingClient>;
  #isStopped = false;

  constructor(
    url: string,
    readonly prefix: () => string,
    readonly events: TrackerEvents,
  ) {
    this.#client = createTrackingClient(url);
  }

  /** Never throws, and tries again for ever. */
  start(): void {
    const client = this.#client;
    client.on("invalidate", (key: Buffer | null) => this.events.key(key));
    client.on("error", (error: Error) => this.#lost(error));
    client.on("ready", () => void this.#subscribe());
    client.connect().catch(() => {});
  }

  stop(): void {
    this.#isStopped = true;
    this.live = false;
    this.#client.destroy();
  }

  async #subscribe(): Promise<void> {
    try {
      // The client switches plain tracking on by itself; only after OFF can it become BCAST.
      await this.#client.sendCommand(["CLIENT", "TRACKING", "OFF"]);
      await this.#client.sendCommand(["CLIENT", "TRACKING", "ON", "BCAST", "PREFIX", this.prefix()]);
    } catch (error) {
      this.#lost(error as Error);
      return;
    }
    if (this.#isStopped) return;
    this.live = true;
    this.events.ready();
  }

  #lost(error: Error): void {
    if (this.#isStopped) return;
    this.live = false;
    this.events.lost(error);
  }
}

function createTrackingClient(url: string) {
  return createClient({
    url,
    RESP: 3,
    emitInvalidate: true,
    maintNotifications: "disabled",
    disableOfflineQueue: true,
    // Slower to give up than the store's connection: every loss costs a walk, and nobody waits for an answer here.
    pingInterval: 1_500,
    socket: {
      connectTimeout: 1_000,
      socketTimeout: 5_000,
      reconnectStrategy: (retries) => Math.min(100 * 2 ** Math.min(retries, 10), 1_000),
    },
  });
}

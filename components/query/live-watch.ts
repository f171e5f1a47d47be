/**
 * A tab that is seen listens for what changes and reads its page again; one that is not does neither, and reads
 * everything again when it is seen.
 */
import type { QueryClient } from "@tanstack/react-query";
import type { LiveChange, LiveEvent } from "@/lib/redis/keyspace/changes-events";
import { liveStatus, SLOW_MS, setLiveStatus, subscribeLiveStatus } from "./live";
import { LiveRefetch } from "./live-refetch";
import { shareStream } from "./live-shared";
import { ABOUT_CONNECTION } from "./live-topics";
import { reportSignedOut, signInNeed, subscribeSignInNeed } from "./sign-in-needed";

/**
 * @param isAnswered whether there is anybody to read from: while Redis or the console is away the shell says so, and
 *   everything is read again when it is back
 * @returns how to end it
 */
export function watchLive(client: QueryClient, isAnswered: () => boolean): () => void {
  const watch = new LiveWatch(client, isAnswered);
  return () => watch.end();
}

class LiveWatch {
  readonly #refetch: LiveRefetch;
  readonly #ending = new AbortController();
  #listening: AbortController | null = null;
  #wasPaused = liveStatus().paused;
  #awaySinceMs = 0;
  #isLive = false;

  constructor(
    client: QueryClient,
    readonly isAnswered: () => boolean,
  ) {
    this.#refetch = new LiveRefetch(client);
    const { signal } = this.#ending;
    const look = () => this.#look();
    document.addEventListener("visibilitychange", look, { signal });
    window.addEventListener("pageshow", look, { signal });
    window.addEventListener("pagehide", () => this.#stop(), { signal });
    const slow = setInterval(() => this.#readSlowly(), SLOW_MS);
    const unsubscribe = [subscribeSignInNeed(look), subscribeLiveStatus(() => this.#lookAtPause())];
    signal.addEventListener("abort", () => {
      clearInterval(slow);
      for (const off of unsubscribe) off();
    });
    look();
  }

  end(): void {
    this.#stop();
    this.#ending.abort();
    this.#refetch.stop();
  }

  /** Listen where somebody looks and is signed in. */
  #look(): void {
    const isWanted = document.visibilityState === "visible" && signInNeed() !== "signed_out";
    if (!isWanted) this.#stop();
    else if (!this.#listening) this.#listen();
  }

  #listen(): void {
    const listening = new AbortController();
    this.#listening = listening;
    this.#away(null);
    const onEvent = (event: LiveEvent) => !listening.signal.aborted && this.#take(event);
    const onLost = (reason: string) => !listening.signal.aborted && this.#away(reason);
    void shareStream({ onEvent, onLost }, listening.signal).then((end) => {
      if (end === "signed_out") reportSignedOut();
    });
  }

  #stop(): void {
    this.#listening?.abort();
    this.#listening = null;
    this.#isLive = false;
  }

  #take({ event, data }: LiveEvent): void {
    if (event === "change") this.#changed(data);
    else if (event === "resync") this.#everything();
    else {
      this.#refetch.changed([ABOUT_CONNECTION]);
      if (data.live) this.#arrived();
      else if (data.why === "refused") this.#refused(data.reason);
      else this.#away(data.reason);
    }
  }

  #changed(changes: LiveChange[]): void {
    const { paused, waiting } = liveStatus();
    if (!paused) this.#refetch.changed(changes);
    // What is made of changes is not counted once more.
    else setLiveStatus({ waiting: waiting + changes.filter(({ userRef }) => userRef !== null).length });
  }

  #everything(): void {
    if (liveStatus().paused) {
      setLiveStatus({ waiting: Number.POSITIVE_INFINITY });
      return;
    }
    this.#refetch.everything();
    if (this.#isLive) this.#showUntilRead();
  }

  /** `resyncing` as long as the page is being read. */
  #showUntilRead(): void {
    setLiveStatus({ phase: this.#refetch.isReading() ? "resyncing" : "live" });
    if (liveStatus().phase === "live") return;
    setTimeout(() => {
      if (this.#isLive) this.#showUntilRead();
    }, 50);
  }

  #arrived(): void {
    this.#isLive = true;
    setLiveStatus({ phase: "live", reason: null });
  }

  #refused(reason: string | null): void {
    this.#isLive = false;
    setLiveStatus({ phase: "slow", reason });
  }

  #away(reason: string | null): void {
    if (this.#isLive || this.#awaySinceMs === 0) this.#awaySinceMs = performance.now();
    this.#isLive = false;
    const { phase } = liveStatus();
    setLiveStatus({ phase: phase === "slow" ? phase : "resyncing", reason });
  }

  /** What a change did not bring about: reads where nobody tells of changes, and second tries. */
  #readSlowly(): void {
    if (!this.#listening || liveStatus().paused) return;
    if (this.#isLive) this.#refetch.failed();
    else if (!this.isAnswered()) this.#awaySinceMs = performance.now();
    else {
      this.#refetch.everything();
      if (performance.now() - this.#awaySinceMs >= SLOW_MS) setLiveStatus({ phase: "slow" });
    }
  }

  #lookAtPause(): void {
    const { paused } = liveStatus();
    if (paused === this.#wasPaused) return;
    this.#wasPaused = paused;
    if (!paused) this.#everything();
  }
}

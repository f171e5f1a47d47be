/**
 * The event streams that are open in this process: who listens is asked again every second, in one look for all of
 * them; silence is broken every ten seconds; and they end with the process.
 */
import type { OperatorRecord } from "../redis/sign-in/types";

const LOOK_MS = 1_000;
const BEAT_MS = 10_000;
const PER_OPERATOR = 20;

export interface OpenStream {
  /** Of the session it was opened with. */
  digest: string;
  operatorId: string;
  mayListen: (operator: OperatorRecord) => boolean;
  hold(): void;
  release(): void;
  beat(): void;
  close(): void;
}

/** For each session, in order: its operator now, null when it has ended. Throws when that is not known. */
export type Look = (streams: readonly OpenStream[]) => Promise<(OperatorRecord | null)[]>;

export class OpenStreams {
  readonly #open = new Set<OpenStream>();
  #looking = false;
  #timers: NodeJS.Timeout[] = [];
  #isOver = false;

  constructor(readonly look: Look) {}

  get size(): number {
    return this.#open.size;
  }

  /** The process ends: whoever asks for a stream again would keep it from that. */
  get isOver(): boolean {
    return this.#isOver;
  }

  hasRoomFor(operatorId: string): boolean {
    let count = 0;
    for (const stream of this.#open) if (stream.operatorId === operatorId) count += 1;
    return count < PER_OPERATOR;
  }

  add(stream: OpenStream): void {
    this.#open.add(stream);
    if (this.#timers.length > 0) return;
    this.#timers = [
      setInterval(() => void this.#askAgain(), LOOK_MS),
      setInterval(() => {
        for (const open of this.#open) open.beat();
      }, BEAT_MS),
    ];
    for (const timer of this.#timers) timer.unref();
  }

  remove(stream: OpenStream): void {
    this.#open.delete(stream);
    if (this.#open.size > 0) return;
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
  }

  /** For good. */
  closeAll(): void {
    this.#isOver = true;
    for (const stream of [...this.#open]) stream.close();
  }

  async #askAgain(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    const streams = [...this.#open];
    try {
      const operators = await this.look(streams);
      for (const [at, stream] of streams.entries()) {
        const operator = operators[at];
        if (operator && stream.mayListen(operator)) stream.release();
        else stream.close();
      }
    } catch {
      // Nobody can say whether they may listen: they are told nothing until somebody can.
      for (const stream of streams) stream.hold();
    } finally {
      this.#looking = false;
    }
  }
}

/**
 * Server-sent events into a body that may be read slowly: what does not fit is not kept. The reader is told instead,
 * when it reads again, that it has missed something.
 */

/** Bytes that may wait for a reader. */
const WAITING_MAX = 16_384;

export interface EventToSend {
  event: string;
  data: unknown;
}

export class EventWriter {
  readonly body: ReadableStream<Uint8Array>;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #behind = false;
  #held = false;

  /**
   * @param catchUp what to say to a reader that has missed something
   * @param onClose called once, whoever ends it
   */
  constructor(
    readonly catchUp: () => EventToSend[],
    readonly onClose: () => void,
  ) {
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#goOn(),
        cancel: () => this.#ended(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: WAITING_MAX }),
    );
  }

  send(event: EventToSend): void {
    if (this.#held || this.#behind || !this.#hasRoom()) this.#behind = true;
    else this.#write(inText(event));
  }

  /** A comment, which keeps proxies from taking silence for the end. */
  beat(): void {
    if (this.#hasRoom()) this.#write(":\n\n");
  }

  /** Say nothing until {@link release}: it is not known whether the reader may still listen. */
  hold(): void {
    this.#held = true;
  }

  release(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#behind = true;
    this.#goOn();
  }

  close(): void {
    try {
      this.#controller?.close();
    } catch {
      // The reader was faster.
    }
    this.#ended();
  }

  #hasRoom(): boolean {
    return (this.#controller?.desiredSize ?? 0) > 0;
  }

  #goOn(): void {
    if (!this.#behind || this.#held || !this.#hasRoom()) return;
    this.#behind = false;
    this.#write(this.catchUp().map(inText).join(""));
  }

  #write(text: string): void {
    this.#controller?.enqueue(new TextEncoder().encode(text));
  }

  #ended(): void {
    if (!this.#controller) return;
    this.#controller = undefined;
    this.onClose();
  }
}

/** JSON holds no line break, so one line carries it. */
function inText({ event, data }: EventToSend): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

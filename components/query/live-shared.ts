/**
 * One event stream for all tabs of a browser: whichever visible tab holds the lock has it, and tells the others. Over
 * HTTP/1.1 a browser opens six connections to a host, and six streams would leave none to read by.
 */
import type { LiveEvent } from "@/lib/redis/keyspace/changes-events";
import { keepStream, type StreamEnd, type StreamListener } from "./live-stream";
import { withTabLock } from "./tab-lock";

const NAME = "memory-console-live";
/** The holder passes on that the stream is still there; without a word for so long it is not. */
const SILENCE_MAX_MS = 7_000;
const BEAT_MS = 2_500;

type Message =
  | { kind: "event"; event: LiveEvent }
  | { kind: "lost"; reason: string }
  /** A tab that has come to listen wants to know how things are, and is told. */
  | { kind: "hello" }
  | { kind: "so-far"; state: LiveEvent }
  | { kind: "beat" };

/** Takes part until it is stopped. @returns why it ended; `signed_out` is told in each tab that asked for itself */
export async function shareStream(listener: StreamListener, signal: AbortSignal): Promise<StreamEnd> {
  if (typeof BroadcastChannel === "undefined") return keepStream(listener, signal);
  let end: StreamEnd;
  // A tab that slept may have lost the stream to another, and hears from that one then.
  do end = await takePart(listener, signal);
  while (end === "stopped" && !signal.aborted);
  return end;
}

function takePart(listener: StreamListener, signal: AbortSignal): Promise<StreamEnd> {
  const channel = new BroadcastChannel(NAME);
  let isTold = false;
  const silence = watchSilence(() => {
    isTold = false;
    listener.onLost("The tab that holds the stream of changes is silent.");
  });
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === "hello") return;
    silence.heard();
    if (data.kind === "lost") listener.onLost(data.reason);
    if (data.kind === "event") listener.onEvent(data.event);
    if (data.kind === "so-far" && !isTold) {
      listener.onEvent(data.state);
      listener.onEvent({ event: "resync", data: { why: "reconnected" } });
    }
    if (data.kind === "so-far" || (data.kind === "event" && data.event.event === "state")) isTold = true;
    if (data.kind === "beat" && !isTold) channel.postMessage({ kind: "hello" } satisfies Message);
  };
  channel.postMessage({ kind: "hello" } satisfies Message);
  return withTabLock(NAME, signal, (held) => hold(listener, channel, silence, held))
    .catch(() => {
      // Stopped; or a browser that keeps nothing for us, where each tab has a stream of its own.
      channel.onmessage = null;
      silence.stop();
      return keepStream(listener, signal);
    })
    .finally(() => {
      silence.stop();
      channel.close();
    });
}

/** This tab has the stream. */
async function hold(
  listener: StreamListener,
  channel: BroadcastChannel,
  silence: Silence,
  signal: AbortSignal,
): Promise<StreamEnd> {
  silence.stop();
  let state: LiveEvent | null = null;
  let lost: string | null = null;
  const post = (message: Message) => channel.postMessage(message);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind !== "hello") return;
    if (lost !== null) post({ kind: "lost", reason: lost });
    else if (state) post({ kind: "so-far", state });
  };
  const beat = setInterval(() => post({ kind: "beat" }), BEAT_MS);
  const end = await keepStream(
    {
      onEvent: (event) => {
        if (event.event === "state") [state, lost] = [event, null];
        listener.onEvent(event);
        post({ kind: "event", event });
      },
      onLost: (reason) => {
        lost = reason;
        listener.onLost(reason);
        post({ kind: "lost", reason });
      },
    },
    signal,
  );
  clearInterval(beat);
  return end;
}

type Silence = { heard: () => void; stop: () => void };

function watchSilence(onSilence: () => void): Silence {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(onSilence, SILENCE_MAX_MS);
  };
  heard();
  return { heard, stop: () => clearTimeout(timer) };
}

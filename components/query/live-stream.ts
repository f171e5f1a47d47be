/**
 * The browser's end of the event stream. Not an EventSource: that tells a session that has ended from a server that is
 * away by nothing, and would ask on.
 */
import type { Result } from "@/lib/errors";
import type { LiveEvent } from "@/lib/redis/keyspace/changes-events";
import { backgroundMark } from "./presence";
import { COOKIE_CHANGES_MS } from "./sign-in-needed";

/** The server breaks its silence every ten seconds. */
const SILENCE_MAX_MS = 25_000;
/** A stream that ended so soon is taken for a failure, or it would be opened over and over. */
const SHORT_MS = 3_000;
const RETRY_MIN_MS = 250;
const RETRY_MAX_MS = 5_000;

export type StreamEnd = "signed_out" | "stopped";

export interface StreamListener {
  /** A stream that begins says how things are, and then `resync`: what was missed before it is not known. */
  onEvent: (event: LiveEvent) => void;
  /** No stream for the moment, and why; it is opened again by itself. */
  onLost: (reason: string) => void;
}

/** Stays connected until it is stopped or nobody is signed in. */
export async function keepStream(listener: StreamListener, signal: AbortSignal): Promise<StreamEnd> {
  let failures = 0;
  while (!signal.aborted) {
    const openedAtMs = performance.now();
    let outcome = await openOnce(listener, signal);
    if (outcome.end === "signed_out" && !signal.aborted) {
      await pause(COOKIE_CHANGES_MS, signal);
      outcome = await openOnce(listener, signal);
    }
    if (signal.aborted) break;
    if (outcome.end === "signed_out") return "signed_out";
    const wasShort = performance.now() - openedAtMs < SHORT_MS;
    failures = wasShort || !outcome.wasOpen ? failures + 1 : 0;
    listener.onLost(outcome.reason);
    // A stream that was ended by the server is opened again at once: its session was renewed, or is over.
    if (failures > 0) await pause(retryMs(failures - 1), signal);
  }
  return "stopped";
}

type Outcome = { end: "signed_out" | "refused" | "broken" | "closed"; wasOpen: boolean; reason: string };

async function openOnce(listener: StreamListener, signal: AbortSignal): Promise<Outcome> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MAX_MS);
  let wasOpen = false;
  try {
    const response = await fetch("/api/live", {
      headers: { Accept: "text/event-stream", ...backgroundMark() },
      cache: "no-store",
      signal: AbortSignal.any([signal, silence.signal]),
    });
    if (!response.ok || !response.body) return await refusal(response);
    for await (const events of eventsOf(response.body)) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MAX_MS);
      for (const event of events) {
        listener.onEvent(event);
        if (!wasOpen) listener.onEvent({ event: "resync", data: { why: "reconnected" } });
        wasOpen = true;
      }
    }
    return { end: "closed", wasOpen, reason: "The stream of changes has ended." };
  } catch {
    return { end: "broken", wasOpen, reason: "The console's server does not answer." };
  } finally {
    clearTimeout(timer);
  }
}

async function refusal(response: Response): Promise<Outcome> {
  const result = (await response.json().catch(() => null)) as Result<never> | null;
  const error = result && !result.ok ? result.error : null;
  if (error?.code === "signed_out") return { end: "signed_out", wasOpen: false, reason: error.message };
  const reason = error?.message ?? "The console's server does not answer.";
  return { end: "refused", wasOpen: false, reason };
}

/** The events of each piece that arrives; none in one that only breaks the silence. */
async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<LiveEvent[]> {
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  const read = createEventReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield read(piece.value);
}

/** Server-sent events out of pieces of text, wherever those are cut. */
export function createEventReader(): (piece: string) => LiveEvent[] {
  let rest = "";
  return (piece) => {
    const blocks = (rest + piece).split("\n\n");
    rest = blocks.pop() ?? "";
    return blocks.flatMap((block) => {
      const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
      return event && data ? [{ event, data: JSON.parse(data) } as LiveEvent] : [];
    });
  };
}

function retryMs(failures: number): number {
  return Math.min(RETRY_MIN_MS * 2 ** failures, RETRY_MAX_MS) * (0.75 + Math.random() / 2);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener("abort", end, { once: true });
  });
}

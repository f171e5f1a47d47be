import "server-only";

/**
 * A route handler for an event stream: let in like any read (own host, session, permission, the door's limits), and
 * asked again while it is open. What is streamed must be fit for every role that is let in: no mask comes after.
 */
import { type Result, SafeError } from "../errors";
import { perProcess } from "../per-process";
import { consoleState } from "../redis/client";
import { stillAdmitted } from "../redis/sign-in/still-admitted";
import type { GuardContext } from "./definition";
import { respond } from "./doors";
import { type EventToSend, EventWriter } from "./event-writer";
import { type OpenStream, OpenStreams } from "./open-streams";
import { may, type Permission } from "./permissions";

/** What a guarded read answers when it opens a stream. */
export interface StreamSource {
  by: Pick<GuardContext, "operator" | "session">;
  /** As the read asks for it: asked again every second. */
  permission: Permission;
  /** @returns how to stop */
  subscribe: (send: (event: EventToSend) => void) => () => void;
  /** The first words, and those to a reader that has missed something. */
  greeting: () => EventToSend[];
  catchUp: () => EventToSend[];
}

const HEADERS = {
  "Content-Type": "text/event-stream; charset=utf-8",
  // no-transform: neither the server's own compression nor a proxy's may hold events back.
  "Cache-Control": "no-store, no-transform",
  "X-Accel-Buffering": "no",
};

export function streamDoor(open: (raw: Record<string, never>) => Promise<Result<StreamSource>>) {
  return async (request: Request): Promise<Response> => {
    const result = await open({});
    if (!result.ok) return respond(result);
    if (request.method !== "GET" || !request.headers.get("accept")?.includes("text/event-stream")) {
      return refuse(new SafeError("invalid_input", "This is an event stream; ask for text/event-stream."));
    }
    if (openStreams().isOver) return new Response(null, { status: 503 });
    if (!openStreams().hasRoomFor(result.data.by.operator.id)) {
      return refuse(
        new SafeError("too_many_requests", "This operator has as many live pages open as one may have.", {
          hint: "Close some of them.",
        }),
      );
    }
    return new Response(streamOf(result.data, request.signal), { headers: HEADERS });
  };
}

function refuse(error: SafeError): Response {
  return respond({ ok: false, error: error.toDto() });
}

function streamOf({ by, permission, subscribe, greeting, catchUp }: StreamSource, signal: AbortSignal) {
  const streams = openStreams();
  const writer = new EventWriter(catchUp, () => {
    unsubscribe();
    streams.remove(stream);
  });
  const stream: OpenStream = {
    digest: by.session.digest,
    operatorId: by.operator.id,
    mayListen: ({ role }) => may(role, permission),
    hold: () => writer.hold(),
    release: () => writer.release(),
    beat: () => writer.beat(),
    close: () => writer.close(),
  };
  const unsubscribe = subscribe((event) => writer.send(event));
  streams.add(stream);
  for (const event of greeting()) writer.send(event);
  signal.addEventListener("abort", () => writer.close());
  if (signal.aborted) writer.close();
  return writer.body;
}

function openStreams(): OpenStreams {
  return perProcess("open-streams", () => {
    const streams = new OpenStreams((open) => stillAdmitted(consoleState(), open));
    // A server waits for its answers before it ends, and these would never be complete.
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => streams.closeAll());
    return streams;
  });
}

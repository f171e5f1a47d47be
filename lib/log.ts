/** The console's log: one JSON line an event on stderr, without personal data (no messages, ids or key names). */

/** A defect of ours: where it happened, never what the data was. */
export function logDefect(error: unknown, requestId: string): void {
  const kind = error instanceof Error ? error.constructor.name : typeof error;
  // Messages may quote data; the stack's frames do not.
  const frames =
    error instanceof Error ? (error.stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? []) : [];
  write({
    level: "error",
    event: "defect",
    requestId,
    kind,
    at: frames.slice(0, 6).map((line) => line.trim()),
  });
}

export function logEvent(event: string, facts: Record<string, string | number | boolean> = {}): void {
  write({ level: "info", event, ...facts });
}

function write(line: object): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), ...line })}\n`);
}

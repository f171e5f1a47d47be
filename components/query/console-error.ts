import type { ErrorCode, ErrorDto } from "@/lib/errors";

/** Beside the server's own codes: the server itself could not be asked. */
export type ConsoleErrorCode = ErrorCode | "console_unreachable";

/** A failed read or action in the browser: safe to show, with a code to decide by. */
export class ConsoleError extends Error {
  override readonly name = "ConsoleError";
  readonly code: ConsoleErrorCode;
  readonly hint?: string;
  readonly field?: string;
  /** No answer came in time: whoever was asked may itself be waiting for somebody. */
  readonly timedOut: boolean;

  constructor(error: Omit<ErrorDto, "code"> & { code: ConsoleErrorCode; timedOut?: boolean }) {
    super(error.message);
    this.code = error.code;
    this.hint = error.hint;
    this.field = error.field;
    this.timedOut = error.timedOut ?? false;
  }
}

/** What to show of anything that was thrown. */
export function describeError(error: unknown): { message: string; hint?: string } {
  if (error instanceof ConsoleError) return { message: error.message, hint: error.hint };
  return {
    message: "Something went wrong in this page.",
    hint: "Reload it. If it happens again, the console's log may say more.",
  };
}

import type { ErrorCode, ErrorDto } from "@/lib/errors";

/** Beside the server's own codes: the server itself could not be asked. */
export type ConsoleErrorCode = ErrorCode | "console_unreachable";

/** A failed read or action in the browser: safe to show, with a code to decide by. */
export class ConsoleError extends Error {
  override readonly name = "ConsoleError";
  readonly code: ConsoleErrorCode;
  readonly hint?: string;
  readonly field?: string;

  constructor(error: Omit<ErrorDto, "code"> & { code: ConsoleErrorCode }) {
    super(error.message);
    this.code = error.code;
    this.hint = error.hint;
    this.field = error.field;
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

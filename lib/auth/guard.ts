import "server-only";

/**
 * The one door to every operation: own host → session → permission → zod → run. Server actions, GET route
 * handlers and the prefetch of pages all pass it; a page's own check protects nothing.
 */
import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import type { z } from "zod";
import { env } from "../env";
import { type ErrorDto, httpStatus, type Result, SafeError } from "../errors";
import { logDefect } from "../log";
import { assistantStore, consoleState } from "../redis/client";
import type { Store } from "../redis/store";
import { storeError } from "../redis/store-errors";
import { currentOperator, type Operator } from "./operator";
import { isOwnHost, isOwnOrigin } from "./origin";
import { may, type Permission } from "./permissions";

/** What an operation's caller hands on: connections by role, and who asks. */
export interface GuardContext {
  /** The assistant's store. */
  store: Store;
  /** The console's own state. */
  console: Store;
  operator: Operator;
  requestId: string;
}

interface Definition<Input extends z.ZodType, Output> {
  permission: Permission;
  input: Input;
  run: (context: GuardContext, input: z.output<Input>) => Promise<Output>;
}

/** A guarded function; `raw` is whatever came over the wire. */
export type Guarded<Input, Output> = (raw: Input) => Promise<Result<Output>>;

/** A read: changes nothing, may be retried. */
export function guardedRead<Input extends z.ZodType, Output>(
  definition: Definition<Input, Output>,
): Guarded<z.input<Input>, Output> {
  return (raw) => pass(definition, raw, "read");
}

/** A server action: demands an exact Origin, and calls a lost answer by its name. */
export function guardedAction<Input extends z.ZodType, Output>(
  definition: Definition<Input, Output>,
): Guarded<z.input<Input>, Output> {
  return (raw) => pass(definition, raw, "write");
}

/** A GET route handler for a read. Path parameters win over query parameters; a repeated one is refused. */
export function readDoor(read: (raw: never) => Promise<Result<unknown>>) {
  return async (
    request: Request,
    route: { params: Promise<Record<string, string | string[] | undefined>> },
  ) => {
    const raw: Record<string, unknown> = {};
    for (const [name, value] of new URL(request.url).searchParams) {
      if (Object.hasOwn(raw, name)) {
        return respond({ ok: false, error: repeated(name) });
      }
      raw[name] = value;
    }
    return respond(await read({ ...raw, ...(await route.params) } as never));
  };
}

function repeated(name: string): ErrorDto {
  return {
    code: "invalid_input",
    field: name,
    message: `The parameter ${name.slice(0, 40)} is given twice.`,
  };
}

function respond(result: Result<unknown>): Response {
  return Response.json(result, {
    status: result.ok ? 200 : httpStatus(result.error.code),
    headers: { "Cache-Control": "no-store" },
  });
}

async function pass<Input extends z.ZodType, Output>(
  definition: Definition<Input, Output>,
  raw: unknown,
  kind: "read" | "write",
): Promise<Result<Output>> {
  const requestId = randomUUID();
  try {
    await requireOwnRequest(kind);
    const operator = await currentOperator();
    if (!may(operator.role, definition.permission)) {
      throw new SafeError("forbidden", "Your role does not allow this.", {
        hint: `It needs the right “${definition.permission}”. Ask an administrator.`,
      });
    }
    const parsed = definition.input.safeParse(raw);
    if (!parsed.success) throw invalidInput(parsed.error);
    const context = { store: assistantStore(), console: consoleState(), operator, requestId };
    return { ok: true, data: await definition.run(context, parsed.data) };
  } catch (error) {
    return { ok: false, error: describeFailure(error, kind, requestId) };
  }
}

async function requireOwnRequest(kind: "read" | "write"): Promise<void> {
  const incoming = await headers();
  const host = incoming.get("host");
  const { PUBLIC_URL } = env();
  if (!isOwnHost(host, PUBLIC_URL)) {
    throw new SafeError("bad_origin", "This console does not answer under that host name.", {
      hint: "Open it under 127.0.0.1, or set PUBLIC_URL to the address people use.",
    });
  }
  if (kind === "write" && !isOwnOrigin(incoming.get("origin"), host, PUBLIC_URL)) {
    throw new SafeError("bad_origin", "The request did not come from a page of this console.");
  }
}

function invalidInput(error: z.ZodError): SafeError {
  const issue = error.issues[0];
  const field = issue?.path.map(String).join(".") || "input";
  return new SafeError("invalid_input", `${field}: ${issue?.message ?? "is not right"}`, { field });
}

/** Next signals redirects and not-found pages by throwing; those must pass through. */
function isNextSignal(error: unknown): boolean {
  const digest = (error as { digest?: unknown } | null)?.digest;
  return typeof digest === "string" && /^(NEXT_|DYNAMIC_SERVER_USAGE|BAILOUT_|HANGING_PROMISE)/.test(digest);
}

function describeFailure(error: unknown, kind: "read" | "write", requestId: string): ErrorDto {
  if (isNextSignal(error)) throw error;
  const safe = storeError(error);
  if (!safe) {
    logDefect(error, requestId);
    return {
      code: "internal",
      message: "Something went wrong in the console itself.",
      hint: `Nothing is known to have changed. The log has it under ${requestId}.`,
    };
  }
  if (kind === "write" && safe.code === "store_timeout") {
    return {
      code: "outcome_unknown",
      message: "The connection was lost before Redis confirmed: the change may or may not have happened.",
      hint: "Look at the data before you try again.",
    };
  }
  return safe.toDto();
}

import "server-only";
/** Route handlers: the way from a request to a guarded read, and back. */
import { type ErrorDto, httpStatus, type Result, SafeError } from "../errors";
import type { ReadOptions } from "./definition";

type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };
type Read<Output> = (raw: never, options?: ReadOptions) => Promise<Result<Output>>;

/** Larger than any question a page asks; a pasted vector has its own, smaller limit. */
const BODY_LIMIT_BYTES = 1_000_000;

/**
 * A route handler for a read: GET with query parameters, or POST with a JSON object where a parameter is personal
 * and must stand in no address. Path parameters win; a repeated query parameter is refused.
 */
export function readDoor(read: Read<unknown>) {
  return async (request: Request, route: RouteContext): Promise<Response> => {
    const raw = request.method === "POST" ? await bodyOf(request) : parametersOf(request);
    if (!raw.ok) return respond(raw);
    const options = { exactOrigin: request.method === "POST" };
    return respond(await read({ ...raw.data, ...(await route.params) } as never, options));
  };
}

/** A route handler for a guarded download, whose answer is the file itself. */
export function downloadDoor(download: Read<Response>) {
  return async (request: Request, route: RouteContext): Promise<Response> => {
    const raw = parametersOf(request);
    if (!raw.ok) return respond(raw);
    const result = await download({ ...raw.data, ...(await route.params) } as never);
    return result.ok ? result.data : respond(result);
  };
}

function parametersOf(request: Request): Result<Record<string, unknown>> {
  const raw: Record<string, unknown> = {};
  for (const [name, value] of new URL(request.url).searchParams) {
    if (Object.hasOwn(raw, name)) {
      return refuse(`The parameter ${name.slice(0, 40)} is given twice.`, name);
    }
    raw[name] = value;
  }
  return { ok: true, data: raw };
}

async function bodyOf(request: Request): Promise<Result<Record<string, unknown>>> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") return refuse("The request must carry JSON.", "input");
  try {
    const parsed: unknown = JSON.parse(await textOf(request));
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
      return refuse("The request's JSON must be an object.", "input");
    }
    return { ok: true, data: parsed as Record<string, unknown> };
  } catch (error) {
    return refuse(error instanceof SafeError ? error.message : "The request's JSON cannot be read.", "input");
  }
}

async function textOf(request: Request): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.length;
    if (size > BODY_LIMIT_BYTES) throw new SafeError("invalid_input", "The request is larger than 1 MB.");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function refuse(message: string, field: string): { ok: false; error: ErrorDto } {
  return { ok: false, error: { code: "invalid_input", field: field.slice(0, 40), message } };
}

export function respond(result: Result<unknown>): Response {
  return Response.json(result, {
    status: result.ok ? 200 : httpStatus(result.error.code),
    headers: { "Cache-Control": "no-store" },
  });
}

/** Calling a door of the console as a browser would, and as none would. */
import type { APIRequestContext, APIResponse, PlaywrightWorkerArgs } from "@playwright/test";
import { may, ROLES, type Role } from "../../lib/auth/permissions";
import type { TestConsole } from "./console";
import type { Right } from "./doors";
import { NOBODY, signedInAs } from "./sign-in";

export type Caller = Role | "anonymous";
export const CALLERS: Caller[] = ["anonymous", ...ROLES];
const ORIGIN = Symbol("the console's own");
/** No action takes a text: whoever is let in is told so. */
const WRONG_INPUT = JSON.stringify(["not an object"]);

export type Tools = Pick<PlaywrightWorkerArgs, "playwright" | "browser"> & { console: TestConsole };

export async function callerOf(
  { console, playwright, browser }: Tools,
  caller: Caller,
): Promise<APIRequestContext> {
  const storageState = caller === "anonymous" ? NOBODY : await signedInAs(caller, console, browser);
  return playwright.request.newContext({ baseURL: console.url, storageState, maxRedirects: 0 });
}

export interface Sending {
  origin?: string | null | typeof ORIGIN;
  body?: string | Buffer;
  headers?: Record<string, string>;
  path?: string;
}

export function send(
  request: APIRequestContext,
  console: TestConsole,
  id: string,
  { origin = ORIGIN, body = WRONG_INPUT, headers = {}, path = "/sign-in" }: Sending = {},
): Promise<APIResponse> {
  const from = origin === ORIGIN ? console.url : origin;
  return request.post(path, {
    headers: {
      "Next-Action": id,
      "Content-Type": "text/plain;charset=UTF-8",
      ...(from === null ? {} : { Origin: from }),
      ...headers,
    },
    data: body,
  });
}

/** The code of a Result in a flight or JSON answer; `ok` when it succeeded, `none` when there is no Result. */
export async function codeOf(response: APIResponse): Promise<string> {
  const text = await response.text();
  if (/"ok":true/.test(text)) return "ok";
  return /"ok":false,"error":\{"code":"(\w+)"/.exec(text)?.[1] ?? "none";
}

export function expectedCode(right: Right, caller: Caller): string {
  if (right === "open") return "invalid_input";
  if (caller === "anonymous") return "signed_out";
  return may(caller, right as Exclude<Right, "open" | "anyone">) ? "invalid_input" : "forbidden";
}

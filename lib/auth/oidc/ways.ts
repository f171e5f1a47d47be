/**
 * What the two routes do, once the open door has let a browser in. All answers lead on: to the provider, or to the
 * sign-in page. That page, and no redirect from here, goes on to where the person wanted to be: the session's cookie
 * is SameSite=Strict, and no redirect that began at another site carries it.
 */
import { type ErrorDto, SafeError } from "../../errors";
import { admit } from "../../redis/sign-in/admit";
import type { SignedIn } from "../../redis/sign-in/sign-in";
import type { OpenContext } from "../open";
import { ATTEMPT_SECONDS } from "./attempt";
import { beginOidc } from "./begin";
import { oidcErrorWord } from "./errors";
import { finishOidc } from "./finish";
import { attemptCookie, type OidcSettings, oidcSettings, readAttemptCookie } from "./settings";

type Asker = Pick<OpenContext, "console" | "address" | "agent" | "previousToken">;

/** `?next=/users&again=1` → the provider. */
export async function goToProvider(
  { console, address, previousToken }: Asker,
  request: Request,
  settings = requireSettings(),
): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const admission = previousToken
    ? await admit(console, { token: previousToken, address, kind: "sign-in" })
    : null;
  const { redirectTo, attemptToken } = await beginOidc(console, settings, {
    next: searchParams.get("next"),
    session: admission?.session ?? null,
    again: searchParams.get("again") === "1",
  });
  return leadTo(redirectTo, attemptCookie(settings, attemptToken, ATTEMPT_SECONDS));
}

/** The provider's answer → a session, and the sign-in page, which goes on from there. */
export async function comeFromProvider(
  { console, agent, previousToken }: Asker,
  request: Request,
  settings = requireSettings(),
): Promise<{ signedIn: SignedIn; response: Response }> {
  const { next, ...signedIn } = await finishOidc(console, settings, {
    attemptToken: readAttemptCookie(settings, request.headers.get("cookie")),
    query: new URL(request.url).searchParams,
    agent,
    previousToken,
  });
  const response = leadTo(`/sign-in?next=${encodeURIComponent(next)}`, attemptCookie(settings, "", 0));
  return { signedIn, response };
}

/** The sign-in page with a word for what went wrong: one of a closed list, and nothing that the provider said. */
export function signInDidNotWork(error: ErrorDto): Response {
  return leadTo(`/sign-in?error=${oidcErrorWord(error.code)}`);
}

/** To a path, and no host, where it stays on this console: the browser knows best under which name it came. */
function leadTo(address: string, cookie?: string): Response {
  const headers = new Headers({
    Location: address,
    "Cache-Control": "no-store",
    // The callback's own address holds the code.
    "Referrer-Policy": "no-referrer",
  });
  if (cookie) headers.append("Set-Cookie", cookie);
  return new Response(null, { status: 303, headers });
}

function requireSettings(): OidcSettings {
  const settings = oidcSettings();
  if (!settings) throw new SafeError("not_found", "No identity provider is configured.");
  return settings;
}

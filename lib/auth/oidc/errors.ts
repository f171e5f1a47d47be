/**
 * Why a sign-in at the identity provider did not work, in words of our own: what the provider says is never shown.
 * For the browser too.
 */
import { type ErrorCode, SafeError } from "../../errors";

/** What may stand in `/sign-in?error=…`, and what the page says then. Anything else there says nothing. */
export const OIDC_ERRORS = {
  sign_in_expired: {
    title: "This sign-in is not known any more.",
    hint: "It was used already, took longer than ten minutes, or began in another browser. Begin again here.",
  },
  sign_in_invalid: {
    title: "The identity provider's answer could not be trusted.",
    hint: "Begin again. If it happens again, tell the console's administrator: its log says what was wrong.",
  },
  sign_in_cancelled: {
    title: "The identity provider did not sign you in.",
    hint: "You went back, or may not use this console there.",
  },
  sign_in_again: {
    title: "The identity provider did not ask you who you are.",
    hint: "This needs a fresh proof, which the provider has to say the time of (auth_time).",
  },
  no_group: {
    title: "You are not in a group that may use this console.",
    hint: "Whoever keeps the groups at the identity provider can change that.",
  },
  operator_disabled: {
    title: "An administrator has closed your access to this console.",
    hint: "Ask an administrator to open it again.",
  },
  another_operator: {
    title: "That was somebody else.",
    hint: "Sign in again as the one who was signed in here.",
  },
  provider_unreachable: {
    title: "The identity provider did not answer as it should.",
    hint: "Try again in a moment. If it stays so, the console's log says more.",
  },
  too_many_requests: {
    title: "Too many sign-ins from here.",
    hint: "Wait a minute, then try again.",
  },
  unavailable: {
    title: "The sign-in did not work.",
    hint: "Nothing was changed. Try again in a moment.",
  },
} as const satisfies Partial<Record<ErrorCode | "unavailable", { title: string; hint: string }>>;

export type OidcErrorWord = keyof typeof OIDC_ERRORS;

/** The word for an error's code; `unavailable` for all those that are none of this sign-in's. */
export function oidcErrorWord(code: ErrorCode): OidcErrorWord {
  return isWord(code) ? code : "unavailable";
}

/** What the page says for the word in its address; null for none and for an invented one. */
export function oidcErrorText(word: string | null | undefined): { title: string; hint: string } | null {
  return isWord(word) ? OIDC_ERRORS[word] : null;
}

function isWord(word: string | null | undefined): word is OidcErrorWord {
  return typeof word === "string" && Object.hasOwn(OIDC_ERRORS, word);
}

export function refusal(word: Exclude<OidcErrorWord, "unavailable">): SafeError {
  const { title, hint } = OIDC_ERRORS[word];
  return new SafeError(word, title, { hint });
}

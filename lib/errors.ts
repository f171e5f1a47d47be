/**
 * Expected failures and the shape in which they reach people.
 *
 * Anything thrown that is not a {@link SafeError} is a defect: the guard logs its kind (never its content)
 * and shows a generic text.
 */

export type ErrorCode =
  | "invalid_input" // a field breaks a rule; `field` names it
  | "not_found" // the thing was there once, or never
  | "conflict" // it changed since it was read: look again
  | "forbidden" // the role does not allow it
  | "bad_origin" // the request did not come from this console's own pages
  | "signed_out" // nobody is signed in, or the session has ended
  | "sign_in_again" // signed in, but not freshly enough for this
  | "sign_in_expired" // a sign-in at the identity provider that is too old, was used, or began in another browser
  | "sign_in_invalid" // what came back from the identity provider proves nothing
  | "sign_in_cancelled" // the identity provider says no: the person went back, or may not use this console
  | "no_group" // proved, but in no group that has a role here
  | "operator_disabled" // proved, but an administrator has closed this operator
  | "another_operator" // proved, but not the operator who was to sign in again
  | "provider_unreachable" // the identity provider did not answer, or answered nonsense
  | "too_many_requests" // a door was used more often than it may be
  | "audit_unavailable" // what cannot be written down is not done
  | "store_unreachable" // not sent: Redis cannot be reached
  | "store_timeout" // sent, no answer within the deadline (reads only: nothing changed)
  | "outcome_unknown" // a write was sent and its answer was lost: neither done nor failed
  | "store_refused" // Redis answered with an error of its own (OOM, NOPERM, WRONGTYPE …)
  | "no_query_engine" // this Redis has no FT.* commands
  | "no_index" // the Query Engine is there, the index is not
  | "dimension_mismatch" // the vector's length is not the index's
  | "embedding_failed" // the embedding provider did not answer, or answered nonsense
  | "chat_failed" // the playground's chat endpoint did not answer, or answered nonsense
  | "internal"; // a defect of ours

export interface ErrorDto {
  code: ErrorCode;
  /** One sentence: what happened. */
  message: string;
  /** One sentence: what to do. */
  hint?: string;
  /** Path of the input field that broke a rule. */
  field?: string;
}

/** What every action and read answers. A thrown error would reach the browser as a bare digest. */
export type Result<T> = { ok: true; data: T } | { ok: false; error: ErrorDto };

export class SafeError extends Error {
  override readonly name = "SafeError";

  /** Pages, routes and actions have a copy of this class each, and share the connections that throw it. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "SafeError";
  }

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: { hint?: string; field?: string } = {},
  ) {
    super(message);
  }

  toDto(): ErrorDto {
    return { code: this.code, message: this.message, ...this.details };
  }
}

const HTTP_STATUS: Record<ErrorCode, number> = {
  invalid_input: 400,
  not_found: 404,
  conflict: 409,
  forbidden: 403,
  bad_origin: 403,
  signed_out: 401,
  sign_in_again: 401,
  sign_in_expired: 401,
  sign_in_invalid: 401,
  sign_in_cancelled: 401,
  no_group: 403,
  operator_disabled: 403,
  another_operator: 403,
  provider_unreachable: 502,
  too_many_requests: 429,
  audit_unavailable: 503,
  store_unreachable: 503,
  store_timeout: 504,
  outcome_unknown: 504,
  store_refused: 502,
  no_query_engine: 501,
  no_index: 404,
  dimension_mismatch: 409,
  embedding_failed: 502,
  chat_failed: 502,
  internal: 500,
};

/** The HTTP status of a failed result, for route handlers. */
export function httpStatus(code: ErrorCode): number {
  return HTTP_STATUS[code];
}

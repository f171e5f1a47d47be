/** Shown with a time that is known from a counter alone. */
export const ACTIVITY_OR_LATER =
  "Then or later: a counter of requests began then, and Redis does not keep when the last request came";

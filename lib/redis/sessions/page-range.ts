/** Which part of a session a page is, in the terms of both ways of reading it. */

import type { SessionId } from "../messages/session-key";
import type { ReadBytes } from "./message";

export const DEFAULT_PAGE = 60;

export interface ReadMessagesInput extends SessionId {
  /** Messages older than this position; without `before` and `after`, the newest page. */
  before?: number;
  /** Messages newer than this position. */
  after?: number;
  limit?: number;
  /** The state that the reader has, as {@link stateOf} says it or sealed: unchanged answers without messages. */
  have?: string;
}

export interface RawPage {
  length: number;
  newestDigest: string;
  oldestDigest: string;
  unchanged: boolean;
  /** Position of the first item, and the way positions go from there. */
  from: number;
  step: number;
  items: (ReadBytes & { digest: string })[];
}

export function stateOf(page: Pick<RawPage, "length" | "newestDigest" | "oldestDigest">): string {
  return `${page.length}-${page.newestDigest}-${page.oldestDigest}`;
}

export function modeOf(input: ReadMessagesInput): { mode: string; position: number; limit: number } {
  const limit = Math.min(input.limit ?? DEFAULT_PAGE, 100);
  if (input.before !== undefined) return { mode: "before", position: input.before, limit };
  if (input.after !== undefined) return { mode: "after", position: input.after, limit };
  return { mode: "newest", position: 0, limit };
}

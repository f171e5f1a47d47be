/** Input rules and DTOs of looking before a change, and of taking one back. */
import { z } from "zod";
import { digits, target } from "./rules";
import { MAX_KEEP_MESSAGES, type SessionMessage } from "./schema";

/** Time in which a change can be taken back, as the page offers it. What is needed is held a little longer. */
export const UNDO_MS = 10_000;

export const trimPreviewInput = z.object({ ...target, keep: digits(1, MAX_KEEP_MESSAGES) });
export const sessionCommandsInput = z.object({
  ...target,
  what: z.enum(["read", "recreate"], { error: "must be read or recreate" }),
});
export const downloadSessionInput = z.object(target);
export const undoInput = z.object({
  ...target,
  undo: z.string().regex(/^[A-Za-z0-9_-]{22}$/, "must be the name that the change was answered with"),
});

/** What the reader saw of the list: a change that names it is refused once the list is another. */
export interface ListState {
  length: number;
  newestDigest: string;
  oldestDigest: string;
}

/** What a trim would remove now. */
export interface TrimPreview {
  length: number;
  goes: number;
  /** The first that would go, and the last: at most two and two, oldest first. */
  messages: SessionMessage[];
  newestDigest: string;
  oldestDigest: string;
  masked?: true;
}

export interface SessionCommands {
  /** null where the session is masked or, with `tooLong`, more than a command line takes. */
  text: string | null;
  tooLong: boolean;
  masked?: true;
}

export interface UndoResult {
  kind: "message" | "trimmed" | "life";
  /** Messages that were put back. */
  messages: number;
  length: number;
  nowMs: number;
  /** PTTL: -1 has no expiry. */
  ttlMs: number;
}

export interface SessionSize {
  sizeBytes: number;
  exact: boolean;
}

export interface SessionLife {
  nowMs: number;
  /** PTTL: -1 has no expiry. */
  ttlMs: number;
}

export interface TrimResult {
  removed: number;
  length: number;
}

export interface DeleteMessageResult {
  length: number;
  /** It was the last message: an empty list does not exist in Redis. */
  sessionGone: boolean;
}

export interface DeleteSessionResult {
  messages: number;
  /** False: an assistant wrote it anew in the moment it was deleted. */
  verifiedGone: boolean;
}

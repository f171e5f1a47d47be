/** What kinds of messages are called, and why one is shown as it was stored. */
import { withHiddenNamed } from "@/components/ui/visible-tokens";
import type { RawReason, SessionMessage } from "@/lib/redis/sessions/schema";

export const RAW_WORDS: Record<RawReason, { short: string; long: string }> = {
  empty: { short: "empty", long: "The message has no bytes." },
  "invalid-utf8": {
    short: "not text",
    long: "The bytes are not valid UTF-8. Those that are not are shown as \\x escapes.",
  },
  "not-json": { short: "not JSON", long: "The message is not JSON." },
  "other-shape": {
    short: "other JSON",
    long: "The message is JSON, but no object with a type and a content.",
  },
  "type-not-text": {
    short: "type is no text",
    long: "The “type” is not a text, so nobody knows who said it.",
  },
  "no-type": { short: "no type", long: "The JSON has no “type”, so nobody knows who said it." },
  "no-content": { short: "no content", long: "The JSON has no “content”." },
  "content-not-text": { short: "content is no text", long: "The “content” is not a text." },
  "too-large": {
    short: "too large to read",
    long: "The message is longer than what is read for a page, and its beginning does not say what it is.",
  },
};

/** Who speaks. A stored type is a stranger's word: what hides in it is named. */
export function speakerWord({ kind, type }: Pick<SessionMessage, "kind" | "type">): string {
  if (kind === "human") return "Human";
  if (kind === "ai") return "AI";
  if (kind === "raw") return "Raw";
  if (type === undefined) return "other";
  return isBlank(type) ? "blank type" : withHiddenNamed(type);
}

function isBlank(type: string): boolean {
  return type.trim() === "";
}

/** A sentence on what the bytes were read as. */
export function readAs(message: Pick<SessionMessage, "kind" | "type" | "rawReason">): string {
  if (message.rawReason) return RAW_WORDS[message.rawReason].long;
  if (message.type !== undefined && isBlank(message.type)) return "A message whose type is blank";
  return `A message of type ${speakerWord(message)}`;
}

export const TIME_NOTES: Record<NonNullable<SessionMessage["timestampNote"]>, string> = {
  milliseconds: "The timestamp is in milliseconds, not in seconds as in the other messages.",
  missing: "The message has no timestamp.",
  "not-a-time": "The message's timestamp is not a time.",
  "not-read": "The timestamp is beyond what was read of this message.",
};

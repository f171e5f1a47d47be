/** What the assistant's model is sent: what is remembered, then what was said. */
import type { SearchHit } from "../recall/types";
import type { PromptMessage } from "./types";

const INSTRUCTION = "You are a helpful assistant. Answer the last message, briefly.";

export interface Said {
  type: "human" | "ai";
  content: string;
}

/**
 * The prompt as it is sent, message by message. Memories are quoted one to a line: what stands in one is data about the
 * person and cannot begin a line of its own.
 * @param history oldest first, the message to answer last
 */
export function assemblePrompt(hits: readonly SearchHit[], history: readonly Said[]): PromptMessage[] {
  const remembered =
    hits.length === 0
      ? "You remember nothing about this person that has to do with it."
      : [
          "What you remember about this person, what fits best first:",
          ...hits.map(({ category, importance, content }) => {
            const weight = importance === null ? "" : `, importance ${importance}`;
            return `- (${category}${weight}) ${JSON.stringify(content)}`;
          }),
        ].join("\n");
  return [
    { role: "system", content: `${INSTRUCTION}\n\n${remembered}` },
    ...history.map(
      ({ type, content }): PromptMessage => ({ role: type === "human" ? "user" : "assistant", content }),
    ),
  ];
}

/** One stored message as the assistant takes it up; null when it is no message of the tutorial's shape. */
export function readSaid(bytes: Buffer): (Said & { timestampMs: number | null }) | null {
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    if (typeof value !== "object" || value === null) return null;
    const { type, content, timestamp } = value as Record<string, unknown>;
    if ((type !== "human" && type !== "ai") || typeof content !== "string") return null;
    return { type, content, timestampMs: typeof timestamp === "number" ? timestamp * 1_000 : null };
  } catch {
    return null;
  }
}

import type { Lost } from "./find-again";
import type { LinkOutcome } from "./use-linked-message";

const LINK_WORDS: Partial<Record<LinkOutcome, string>> = {
  moved: "The session moved since this link was made; the message was found again and is shown.",
  gone: "The message of this link is not in the session any more. This is where it stood.",
  "not-found":
    "The message of this link could not be found, and not all of the session was looked at. This is where it stood.",
  failed: "The message of this link could not be looked for.",
};

const LOST_WORDS: Record<Lost, string> = {
  gone: "What you were reading was trimmed away. These are the newest messages.",
  "not-found": "What you were reading could not be found again. These are the newest messages.",
};

/** One line over the messages, when what is shown is not what was asked for. */
export function ConversationNotice({ link, lost }: { link: LinkOutcome; lost: Lost | null }) {
  const words = lost ? LOST_WORDS[lost] : LINK_WORDS[link];
  return (
    <p role="status" className="border-b bg-warn-bg px-4 py-1.5 text-xs text-warn-fg empty:hidden">
      {words}
    </p>
  );
}

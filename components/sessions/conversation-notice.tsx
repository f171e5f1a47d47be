import type { LinkOutcome } from "./use-linked-message";

const LINK_WORDS: Partial<Record<LinkOutcome, string>> = {
  moved: "The session moved since this link was made; the message was found again and is shown.",
  gone: "The message of this link is not in the session any more. This is where it stood.",
  failed: "The message of this link could not be looked for.",
};

/** One line over the messages, when what is shown is not what was asked for. */
export function ConversationNotice({ link, lost }: { link: LinkOutcome; lost: boolean }) {
  const words = lost
    ? "What you were reading was trimmed away. These are the newest messages."
    : LINK_WORDS[link];
  return (
    <p role="status" className="border-b bg-warn-bg px-4 py-1.5 text-xs text-warn-fg empty:hidden">
      {words}
    </p>
  );
}

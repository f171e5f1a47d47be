import type { AppendType } from "@/lib/redis/messages/append-message";

export interface Draft {
  open: boolean;
  type: AppendType;
  content: string;
  trim: boolean;
  expire: boolean;
  /** A message is on its way: no other is sent before its answer is there. */
  sending: boolean;
  /** Why the last one was not appended. */
  error: Error | null;
}

const NOTHING: Draft = {
  open: false,
  type: "human",
  content: "",
  trim: false,
  expire: false,
  sending: false,
  error: null,
};

/**
 * What is being written into each session of a page. It outlives the form: closing that, a look into another session,
 * or a session that expires and comes back lose no word.
 */
export class AppendDrafts {
  readonly #drafts = new Map<string, Draft>();
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same object until it is changed. */
  of(session: string): Draft {
    return this.#drafts.get(session) ?? NOTHING;
  }

  change(session: string, part: Partial<Draft>): void {
    this.#drafts.set(session, { ...this.of(session), ...part });
    for (const listener of this.#listeners) listener();
  }

  /**
   * Sends what is written, unless a message is on its way: two submits may come before the page has drawn the first.
   * The field is free for the next message at once; what could not be appended goes back into it, and the form opens.
   */
  async send(session: string, append: (draft: Draft) => Promise<unknown>): Promise<void> {
    const draft = this.of(session);
    if (draft.content === "" || draft.sending) return;
    this.change(session, { content: "", sending: true, error: null });
    try {
      await append(draft);
      this.change(session, { sending: false });
    } catch (error) {
      const typed = this.of(session).content;
      this.change(session, {
        content: typed === "" ? draft.content : `${draft.content}\n${typed}`,
        sending: false,
        error: error as Error,
        open: true,
      });
    }
  }
}

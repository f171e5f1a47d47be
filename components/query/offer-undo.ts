import { toast } from "@/components/ui/toast-store";
import { ConsoleError, type ConsoleErrorCode, describeError } from "./console-error";

/** How long a change can be taken back; the server holds it a little longer, and anew with each try. */
const UNDO_MS = 10_000;

/** After these another try would fail as well: it can never be put back, or this person may not. */
const FINAL: ReadonlySet<ConsoleErrorCode> = new Set(["conflict", "not_found", "forbidden", "invalid_input"]);

export interface UndoOffer {
  /** What was changed. */
  title: string;
  description?: string;
  /** null when it cannot be taken back. Answers how many of what it was to put back could not be. */
  takeBack: (() => Promise<{ refused: number }>) | null;
}

/** Says that a change was made and, where it can be, offers to take it back: again after a failure that may pass. */
export function offerUndo({ title, description, takeBack }: UndoOffer): void {
  toast.success(title, { description, ...(takeBack ? undoButton(() => attempt(takeBack, false)) : {}) });
}

const undoButton = (run: () => Promise<void>) => ({
  action: { label: "Undo", onClick: () => void run() },
  durationMs: UNDO_MS,
});

/** @param unsure an earlier try's answer was lost, so that it may have been undone then */
async function attempt(takeBack: () => Promise<{ refused: number }>, unsure: boolean): Promise<void> {
  try {
    const { refused } = await takeBack();
    if (refused === 0) toast.success("Undone: it is as it was");
    else toast.warning("Undone in part", { description: `${refused} not: something else stands there now.` });
  } catch (error) {
    const code = error instanceof ConsoleError ? error.code : null;
    const { message, hint } = describeError(error);
    if (code === null || !FINAL.has(code)) {
      const lost = unsure || code === "outcome_unknown";
      toast.error(message, { description: hint, ...undoButton(() => attempt(takeBack, lost)) });
    } else if (unsure && code !== "forbidden") {
      toast.warning("Perhaps it was undone already", {
        description:
          "The answer to the first try was lost, and now there is nothing to put back. Look again.",
      });
    } else toast.error(message, { description: hint });
  }
}

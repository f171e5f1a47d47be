/** The form with a change made that was said to find a memory. */
import type { WhyChange } from "@/lib/redis/recall/why-types";
import type { LabDraft } from "./lab-input";

export function changedDraft(draft: LabDraft, change: WhyChange): LabDraft {
  const settings = (changes: Partial<LabDraft["settings"]>) => ({
    ...draft,
    settings: { ...draft.settings, ...changes },
  });
  switch (change.kind) {
    case "without-filter":
      if (change.clause === "importance") return { ...draft, minImportance: "", maxImportance: "" };
      if (change.clause === "time") return { ...draft, since: "", until: "" };
      return { ...draft, category: "" };
    case "max-distance":
      return settings({ maxDistance: String(change.maxDistance) });
    case "k":
      return settings({ k: String(change.k) });
    case "mode":
      return settings({ mode: change.mode });
    case "word":
      return { ...draft, query: `${draft.query} ${change.word}`.trim() };
  }
}

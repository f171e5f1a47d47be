/** The form's texts → the search's input, or the field whose text cannot be read. */
import type { SearchInput } from "@/lib/redis/search/schema";
import type { LabFilters } from "./address";

export interface LabDraft extends LabFilters {
  query: string;
  /** The id as typed; empty for everyone. */
  userText: string;
  vector: string;
}

export type FieldProblems = Partial<Record<keyof LabDraft, string>>;

const DAY_SECONDS = 86_400;

export function labInput(draft: LabDraft): { input: SearchInput } | { problems: FieldProblems } {
  const problems: FieldProblems = {};
  const number = (name: "k" | "minImportance" | "maxImportance" | "maxDistance") => {
    const text = draft[name].trim();
    if (text === "") return null;
    const value = Number(text);
    if (!Number.isFinite(value)) problems[name] = "Must be a number.";
    return value;
  };
  const day = (name: "since" | "until", addSeconds: number) => {
    if (draft[name] === "") return null;
    const ms = Date.parse(`${draft[name]}T00:00:00Z`);
    if (!Number.isFinite(ms)) problems[name] = "Must be a day.";
    return ms / 1000 + addSeconds;
  };
  const k = number("k");
  if (k === null || !Number.isInteger(k) || k < 1 || k > 100) {
    problems.k = "Must be a whole number from 1 to 100.";
  }
  if (draft.query.trim() === "" && (draft.vector.trim() === "" || draft.mode === "text")) {
    problems.query = "Type something to look for, or paste a vector.";
  }
  const input: SearchInput = {
    // The reference wins: it names bytes that a typed id might not.
    ...(draft.user ? { userRef: draft.user } : { userTyped: draft.userText || null }),
    query: draft.query,
    vector: draft.vector.trim() || null,
    mode: draft.mode,
    k: k ?? 5,
    minImportance: number("minImportance"),
    maxImportance: number("maxImportance"),
    since: day("since", 0),
    // The last day counts to its end.
    until: day("until", DAY_SECONDS - 1),
    category: draft.category.trim() || null,
    maxDistance: number("maxDistance"),
  };
  return Object.keys(problems).length > 0 ? { problems } : { input };
}

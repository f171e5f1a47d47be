/** The form's texts → the search's input, or the fields whose texts cannot be read. */
import type { ByteOrder } from "@/lib/redis/recall/rules";
import type { SearchInput } from "@/lib/redis/search/schema";
import type { LabFilters } from "./address";
import { readSettings, type SettingsProblems } from "./settings-draft";

export interface LabDraft extends LabFilters {
  query: string;
  /** The id as typed; empty for everyone. */
  userText: string;
  vector: string;
  byteOrder: ByteOrder;
}

export type FieldProblems = Partial<Record<Exclude<keyof LabDraft, "settings" | "other">, string>>;

export interface LabProblems {
  fields: FieldProblems;
  settings: SettingsProblems;
  other: SettingsProblems;
}

export const NO_PROBLEMS: LabProblems = { fields: {}, settings: {}, other: {} };

/** What is asked: once, or twice where settings are compared. */
export interface LabInput {
  input: SearchInput;
  other: SearchInput | null;
}

const DAY_SECONDS = 86_400;

export function labInput(draft: LabDraft): { asked: LabInput } | { problems: LabProblems } {
  const fields: FieldProblems = {};
  const number = (name: "minImportance" | "maxImportance") => {
    const text = draft[name].trim();
    if (text === "") return null;
    const value = Number(text);
    if (!Number.isFinite(value)) fields[name] = "Must be a number.";
    return value;
  };
  const day = (name: "since" | "until", addSeconds: number) => {
    if (draft[name] === "") return null;
    const ms = Date.parse(`${draft[name]}T00:00:00Z`);
    if (!Number.isFinite(ms)) fields[name] = "Must be a day.";
    return ms / 1000 + addSeconds;
  };
  const modes = [draft.settings.mode, ...(draft.other ? [draft.other.mode] : [])];
  if (draft.query.trim() === "" && (draft.vector.trim() === "" || modes.includes("text"))) {
    fields.query = "Type something to look for, or paste a vector.";
  }
  const question = {
    // The reference wins: it names bytes that a typed id might not.
    ...(draft.user ? { userRef: draft.user } : { userTyped: draft.userText || null }),
    query: draft.query,
    vector: draft.vector.trim() || null,
    byteOrder: draft.byteOrder,
    minImportance: number("minImportance"),
    maxImportance: number("maxImportance"),
    since: day("since", 0),
    // The last day counts to its end.
    until: day("until", DAY_SECONDS - 1),
    category: draft.category.trim() || null,
  };
  const own = readSettings(draft.settings);
  const compared = draft.other ? readSettings(draft.other) : null;
  const problems = { fields, settings: own.problems, other: compared?.problems ?? {} };
  if (Object.values(problems).some((some) => Object.keys(some).length > 0)) return { problems };
  return {
    asked: {
      input: { ...question, ...own.settings },
      other: compared ? { ...question, ...compared.settings } : null,
    },
  };
}

import type { Tone } from "@/components/ui/tones";
import type { AuditRow } from "@/lib/redis/audit/schema";
import type { AuditOutcome } from "@/lib/redis/audit-chain/entry";

export const OUTCOMES: { outcome: AuditOutcome; word: string; tone: Tone; says: string }[] = [
  { outcome: "ok", word: "ok", tone: "ok", says: "It was done." },
  { outcome: "refused", word: "refused", tone: "warn", says: "The console refused it: nothing was done." },
  { outcome: "failed", word: "failed", tone: "danger", says: "Nothing, or not everything, was done." },
  { outcome: "unknown", word: "unknown", tone: "warn", says: "It was sent, and the answer was lost." },
  { outcome: "intent", word: "intent", tone: "neutral", says: "Written down before anything was done." },
];

export function outcomeOf(outcome: AuditOutcome) {
  return OUTCOMES.find((known) => known.outcome === outcome) ?? OUTCOMES[3]!;
}

/** An intent's outcome follows within moments; for so long a missing one only means that it is under way. */
const UNDER_WAY_MS = 60_000;

export function intentWords({ ending, timeMs }: Pick<AuditRow, "ending" | "timeMs">, nowMs: number): string {
  if (ending) return `then ${outcomeOf(ending.outcome).word}`;
  return nowMs - timeMs < UNDER_WAY_MS ? "under way" : "unknown: no outcome was written";
}

const ROLES: Record<string, string> = {
  support: "Support",
  compliance: "Compliance",
  developer: "Developer",
  admin: "Administrator",
};

export function roleWord(role: string): string | null {
  return role === "none" ? null : (ROLES[role] ?? role);
}

const NOBODY: Record<string, string> = {
  anonymous: "not signed in",
  console: "the console itself",
  "command-line": "command line",
};

/** @returns `plain` when it is no name that somebody chose */
export function operatorWords({ operator, operatorName }: Pick<AuditRow, "operator" | "operatorName">): {
  text: string;
  plain: boolean;
} {
  if (operatorName !== null) return { text: operatorName, plain: false };
  return { text: NOBODY[operator] ?? operator, plain: true };
}

const ONE: Record<string, string> = {
  sessions: "session",
  memories: "memory",
  messages: "message",
  "rate-limits": "rate limit",
  entries: "entry",
  operators: "operator",
  indexes: "index",
  keys: "key",
};

/** `{sessions: 3, memories: 1}` → ["3 sessions", "1 memory"]; what is nought is left out. */
export function countWords(counts: Record<string, number>, format: (value: number) => string): string[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(
      ([name, count]) => `${format(count)} ${count === 1 ? (ONE[name] ?? name) : name.replaceAll("-", " ")}`,
    );
}

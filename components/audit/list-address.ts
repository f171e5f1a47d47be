import type { AuditOutcome } from "@/lib/redis/audit-chain/entry";
import { OUTCOMES } from "./words";

/**
 * The log's address: every filter stands in it. A person is in it as the subject hash that the log itself writes,
 * never as the id that was typed (see lib/redis/audit/schema.ts).
 */
export type AuditParams = {
  from: string | null;
  to: string | null;
  operator: string | null;
  action: string | null;
  outcome: AuditOutcome | null;
  subject: string | null;
  before: number | null;
};

export const NO_FILTERS: AuditParams = {
  ...{ from: null, to: null, operator: null, action: null, outcome: null, subject: null, before: null },
};

type Given = Record<string, string | string[] | undefined> | URLSearchParams;

/** What is no such value is taken as not given. */
export function parseAuditAddress(given: Given): AuditParams {
  const value = (name: string): string | null => {
    const raw = given instanceof URLSearchParams ? given.get(name) : given[name];
    return (Array.isArray(raw) ? raw[0] : raw) || null;
  };
  const matching = (name: string, pattern: RegExp) => {
    const text = value(name);
    return text && pattern.test(text) ? text : null;
  };
  const minute = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;
  const before = matching("before", /^[1-9]\d{0,14}$/);
  return {
    from: matching("from", minute),
    to: matching("to", minute),
    operator: value("operator")?.slice(0, 100) ?? null,
    action: value("action")?.slice(0, 100) ?? null,
    outcome: OUTCOMES.find(({ outcome }) => outcome === value("outcome"))?.outcome ?? null,
    subject: matching("subject", /^[\w-]{43}$/),
    before: before === null ? null : Number(before),
  };
}

export function auditAddress(params: AuditParams): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== null) search.set(name, String(value));
  const text = search.toString();
  return text ? `/audit?${text}` : "/audit";
}

/** How many filters narrow the list. */
export function activeFilters({ before: _, ...filters }: AuditParams): number {
  return Object.values(filters).filter((value) => value !== null).length;
}

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { fetchRead, postRead } from "@/components/query/fetch-read";
import type { AuditChoices, AuditPage, AuditSubject, ChainState, ExportPlan } from "@/lib/redis/audit/schema";
import type { AuditParams } from "./list-address";

/** What is not given is left out. */
export function auditRequest(params: AuditParams) {
  const given = Object.entries(params).filter(([, value]) => value !== null);
  return Object.fromEntries(given) as { [Name in keyof AuditParams]?: NonNullable<AuditParams[Name]> };
}

export function auditQuery(params: AuditParams) {
  return queryOptions({
    queryKey: ["audit", "list", params] as const,
    queryFn: ({ signal }) => fetchRead<AuditPage>("/api/audit", auditRequest(params), { signal }),
    placeholderData: keepPreviousData,
  });
}

export function chainStateQuery() {
  return queryOptions({
    queryKey: ["audit", "state"] as const,
    queryFn: ({ signal }) => fetchRead<ChainState>("/api/audit/state", {}, { signal }),
  });
}

export function checkChainAgain(): Promise<ChainState> {
  return fetchRead<ChainState>("/api/audit/state", { again: "1" });
}

/** Operators to choose from; only for those who may read everybody's entries. */
export function auditChoicesQuery() {
  return queryOptions({
    queryKey: ["audit", "choices"] as const,
    queryFn: ({ signal }) => fetchRead<AuditChoices>("/api/audit/choices", {}, { signal }),
    staleTime: 60_000,
  });
}

/** From a typed id to the subject the log speaks of. By POST: no address must carry the id. */
export function askSubject(typed: string): Promise<AuditSubject> {
  return postRead<AuditSubject>("/api/audit/subject", { typed });
}

export function askExportPlan(): Promise<ExportPlan> {
  return fetchRead<ExportPlan>("/api/audit/export/plan");
}

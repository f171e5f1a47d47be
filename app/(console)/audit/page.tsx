import type { Metadata } from "next";
import { AuditView } from "@/components/audit/audit-view";
import { ExportButton } from "@/components/audit/export-button";
import { parseAuditAddress } from "@/components/audit/list-address";
import { auditQuery, auditRequest, chainStateQuery } from "@/components/audit/queries";
import { Hydrated } from "@/components/query/hydrate";
import { PageHeader } from "@/components/ui/page-header";
import { readAuditChainState, readAuditEntries } from "@/lib/redis/audit/reads";

export const metadata: Metadata = { title: "Audit log" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AuditLogPage({ searchParams }: Props) {
  const params = parseAuditAddress(await searchParams);
  return (
    <Hydrated
      entries={[
        { queryKey: auditQuery(params).queryKey, read: readAuditEntries(auditRequest(params)) },
        { queryKey: chainStateQuery().queryKey, read: readAuditChainState({}) },
      ]}
    >
      <PageHeader
        title="Audit log"
        description="What was done, by whom, about whom and why, and what was refused. No entry can be changed unnoticed."
        actions={<ExportButton />}
      />
      <AuditView />
    </Hydrated>
  );
}

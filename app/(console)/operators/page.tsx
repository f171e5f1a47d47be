import { ShieldAlert } from "lucide-react";
import type { Metadata } from "next";
import { OperatorsView } from "@/components/operators/operators-view";
import { operatorsQuery } from "@/components/operators/queries";
import { Hydrated } from "@/components/query/hydrate";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/auth/permissions";
import { currentViewer } from "@/lib/auth/viewer";
import { readOperatorRows } from "@/lib/redis/operators/reads";

export const metadata: Metadata = { title: "Operators" };

export default async function OperatorsPage() {
  const { role } = await currentViewer();
  if (role !== null && !may(role, "operators")) {
    return (
      <>
        <PageHeader title="Operators" />
        <EmptyState
          icon={<ShieldAlert />}
          title="This page is for administrators"
          body="It says who may sign in, and as what. Ask an administrator if you need somebody added."
        />
      </>
    );
  }
  return (
    <Hydrated entries={[{ queryKey: operatorsQuery().queryKey, read: readOperatorRows({}) }]}>
      <OperatorsView />
    </Hydrated>
  );
}

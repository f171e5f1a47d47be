import type { Metadata } from "next";
import { OperatorsView } from "@/components/operators/operators-view";
import { operatorsQuery } from "@/components/operators/queries";
import { Hydrated } from "@/components/query/hydrate";
import { NotForRole } from "@/components/shell/not-for-role";
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
        <NotForRole title="This page is for administrators">
          It says who may sign in, and as what. Ask an administrator if you need somebody added.
        </NotForRole>
      </>
    );
  }
  return (
    <Hydrated entries={[{ queryKey: operatorsQuery().queryKey, read: readOperatorRows({}) }]}>
      <OperatorsView />
    </Hydrated>
  );
}

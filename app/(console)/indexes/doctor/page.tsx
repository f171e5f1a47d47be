import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Hydrated } from "@/components/query/hydrate";
import { Crumbs } from "@/components/shell/crumbs";
import { PageHeader } from "@/components/ui/page-header";
import { DoctorView } from "@/components/vector-doctor/doctor-view";
import { doctorQuery } from "@/components/vector-doctor/queries";
import { may } from "@/lib/auth/permissions";
import { currentViewer } from "@/lib/auth/viewer";
import { readDoctorState } from "@/lib/redis/vector-doctor/reads";

export const metadata: Metadata = { title: "Vector doctor" };

const CRUMBS = [{ label: "Index", href: "/indexes" }, { label: "Vector doctor" }];

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function DoctorPage({ searchParams }: Props) {
  const [{ index }, { role }] = await Promise.all([searchParams, currentViewer()]);
  if (typeof index !== "string" || index === "") redirect("/indexes");
  return (
    <Hydrated entries={[{ queryKey: doctorQuery(index).queryKey, read: readDoctorState({ index }) }]}>
      <Crumbs items={CRUMBS} />
      <PageHeader
        title="Vector doctor"
        description="What is wrong with the vectors of memories, and mending it in small steps."
      />
      <DoctorView index={index} canEdit={may(role, "indexes.edit")} />
    </Hydrated>
  );
}

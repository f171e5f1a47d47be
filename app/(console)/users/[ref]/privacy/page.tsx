import type { Metadata } from "next";
import { ErasureView } from "@/components/erasure/erasure-view";
import { erasureKeys } from "@/components/erasure/queries";
import { Hydrated } from "@/components/query/hydrate";
import { NotForRole } from "@/components/shell/not-for-role";
import { may } from "@/lib/auth/permissions";
import { currentViewer } from "@/lib/auth/viewer";
import { readErasureRun } from "@/lib/redis/erasure/reads";

export const metadata: Metadata = { title: "Privacy" };

type Props = { params: Promise<{ ref: string }> };

export default async function PrivacyPage({ params }: Props) {
  const [{ ref }, { role }] = await Promise.all([params, currentViewer()]);
  if (role !== null && !may(role, "erase")) {
    return (
      <NotForRole title="Erasing is for compliance officers and administrators">
        Send them the address of this page: it does not say whose it is.
      </NotForRole>
    );
  }
  return (
    // What is held is asked for by the browser: it takes a walk over the whole keyspace, and no page waits for that.
    <Hydrated entries={[{ queryKey: erasureKeys.run(ref), read: readErasureRun({ ref }) }]}>
      <ErasureView userRef={ref} />
    </Hydrated>
  );
}

import type { Metadata } from "next";
import { ErasureView } from "@/components/erasure/erasure-view";
import { erasureKeys } from "@/components/erasure/queries";
import { Hydrated } from "@/components/query/hydrate";
import { readErasurePreview, readErasureRun } from "@/lib/redis/erasure/reads";

export const metadata: Metadata = { title: "Privacy" };

type Props = { params: Promise<{ ref: string }> };

export default async function PrivacyPage({ params }: Props) {
  const { ref } = await params;
  return (
    <Hydrated
      entries={[
        { queryKey: erasureKeys.run(ref), read: readErasureRun({ ref }) },
        { queryKey: erasureKeys.preview(ref), read: readErasurePreview({ ref }) },
      ]}
    >
      <ErasureView userRef={ref} />
    </Hydrated>
  );
}

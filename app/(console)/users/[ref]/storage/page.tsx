import type { Metadata } from "next";
import { Hydrated } from "@/components/query/hydrate";
import { userStorageQuery } from "@/components/usage/queries";
import { parseStorageAddress } from "@/components/usage/storage-address";
import { UserStorageView } from "@/components/usage/user-storage";
import { readStorageOfUser } from "@/lib/redis/usage/reads";

export const metadata: Metadata = { title: "Storage" };

type Props = {
  params: Promise<{ ref: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function StoragePage({ params, searchParams }: Props) {
  const { ref } = await params;
  const { page, sort } = parseStorageAddress(await searchParams);
  return (
    <Hydrated
      entries={[
        {
          queryKey: userStorageQuery(ref, page, sort).queryKey,
          read: readStorageOfUser({ ref, page, sort }),
        },
      ]}
    >
      <UserStorageView userRef={ref} page={page} sort={sort} />
    </Hydrated>
  );
}

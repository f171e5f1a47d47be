import type { Metadata } from "next";
import { AccountView } from "@/components/account/account-view";
import { mySessionsQuery } from "@/components/account/queries";
import { Hydrated } from "@/components/query/hydrate";
import { readMySessions } from "@/lib/redis/account/reads";

export const metadata: Metadata = { title: "Your account" };

export default function AccountPage() {
  return (
    <Hydrated entries={[{ queryKey: mySessionsQuery().queryKey, read: readMySessions({}) }]}>
      <AccountView />
    </Hydrated>
  );
}

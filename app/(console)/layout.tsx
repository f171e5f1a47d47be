import type { ReactNode } from "react";
import { AccountNotices } from "@/components/account/account-notices";
import { OperatorMenu, SignInAgain } from "@/components/account/on-demand";
import { Hydrated } from "@/components/query/hydrate";
import { meQuery } from "@/components/shell/me-query";
import { Shell } from "@/components/shell/shell";
import { currentViewer } from "@/lib/auth/viewer";
import { env } from "@/lib/env";
import { readMe } from "@/lib/redis/account/reads";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  // Leads to the sign-in when nobody is signed in; what the pages may know, the guard decides for each read.
  await currentViewer();
  return (
    <Hydrated entries={[{ queryKey: meQuery().queryKey, read: readMe({}) }]}>
      <Shell demo={env().CONSOLE_DEMO} operator={<OperatorMenu />} notices={<AccountNotices />}>
        {children}
      </Shell>
      <SignInAgain />
    </Hydrated>
  );
}

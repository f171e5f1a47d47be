import type { Metadata } from "next";
import { Hydrated, type PrefetchEntry } from "@/components/query/hydrate";
import { newestMessagesQuery, sessionListQuery } from "@/components/sessions/queries";
import { SessionsView } from "@/components/sessions/sessions-view";
import { may } from "@/lib/auth/permissions";
import { currentViewer } from "@/lib/auth/viewer";
import { readSessionList, readSessionMessages } from "@/lib/redis/sessions/reads";
import { SESSION_SORTS, type SessionSort } from "@/lib/redis/sessions/schema";

export const metadata: Metadata = { title: "Sessions" };

type Props = {
  params: Promise<{ ref: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function SessionsPage({ params, searchParams }: Props) {
  const [{ ref }, address, operator] = await Promise.all([params, searchParams, currentViewer()]);
  const sort = SESSION_SORTS.find((name) => name === address.sort) ?? ("activity" satisfies SessionSort);
  const list = readSessionList({ ref, sort });
  const entries: PrefetchEntry[] = [
    { queryKey: sessionListQuery(ref, sort).queryKey, read: list, firstPageParam: "0" },
  ];
  const session = await shownSession(address.session, list);
  if (session) {
    entries.push({
      queryKey: newestMessagesQuery(ref, session).queryKey,
      read: readSessionMessages({ ref, session }),
    });
  }
  return (
    <Hydrated entries={entries}>
      <SessionsView userRef={ref} canEdit={may(operator.role, "sessions.edit")} />
    </Hydrated>
  );
}

/** The one in the address, else the first of the list: what the view shows at first. */
async function shownSession(asked: string | string[] | undefined, list: ReturnType<typeof readSessionList>) {
  if (typeof asked === "string") return asked;
  const result = await list;
  return result.ok ? (result.data.sessions[0]?.ref ?? null) : null;
}

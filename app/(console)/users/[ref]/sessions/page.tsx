import type { Metadata } from "next";
import { Hydrated, type PrefetchEntry } from "@/components/query/hydrate";
import { newestMessagesQuery, sessionListQuery } from "@/components/sessions/queries";
import { SessionsView } from "@/components/sessions/sessions-view";
import { may } from "@/lib/auth/permissions";
import { currentViewer } from "@/lib/auth/viewer";
import { readSessionList, readSessionMessages } from "@/lib/redis/sessions/reads";
import { SESSION_FILTERS, SESSION_SORTS, type SessionSort } from "@/lib/redis/sessions/schema";

export const metadata: Metadata = { title: "Sessions" };

type Props = {
  params: Promise<{ ref: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function SessionsPage({ params, searchParams }: Props) {
  const [{ ref }, address, operator] = await Promise.all([params, searchParams, currentViewer()]);
  const sort = SESSION_SORTS.find((name) => name === address.sort) ?? ("activity" satisfies SessionSort);
  const filter = SESSION_FILTERS.find((name) => name === address.filter);
  const list = readSessionList({ ref, sort, filter });
  const entries: PrefetchEntry[] = [
    { queryKey: sessionListQuery(ref, sort, filter ?? null).queryKey, read: list, firstPageParam: "0" },
  ];
  for (const session of await shownSessions(address, list)) {
    entries.push({
      queryKey: newestMessagesQuery(ref, session).queryKey,
      read: readSessionMessages({ ref, session }),
    });
  }
  return (
    <Hydrated entries={entries}>
      <SessionsView
        userRef={ref}
        canEdit={may(operator.role, "sessions.edit")}
        canDownload={may(operator.role, "sessions.download")}
      />
    </Hydrated>
  );
}

/** Those in the address, else the first of the list: what the view shows at first. */
async function shownSessions(
  { session, beside }: Record<string, string | string[] | undefined>,
  list: ReturnType<typeof readSessionList>,
): Promise<string[]> {
  if (typeof session === "string") return typeof beside === "string" ? [session, beside] : [session];
  const result = await list;
  const first = result.ok ? result.data.sessions[0]?.ref : undefined;
  return first === undefined ? [] : [first];
}

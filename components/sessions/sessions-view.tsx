"use client";

import { useQueryClient } from "@tanstack/react-query";
import clsx from "clsx";
import { MessagesSquare } from "lucide-react";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useEffect, useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import type { SessionFilter, SessionSort } from "@/lib/redis/sessions/schema";
import { AppendDrafts } from "./append-drafts";
import { ConversationSkeleton } from "./conversation-skeleton";
import { ConversationView } from "./conversation-view";
import { newestMessagesQuery } from "./queries";
import { SessionList, useSessionList } from "./session-list";
import { sessionsFrame } from "./sessions-frame";
import { useFillHeight } from "./use-fill-height";
import { useOpening } from "./use-opening";

const SORTS = ["activity", "messages", "bytes", "life", "name"] as const satisfies SessionSort[];
const FILTERS = ["expiring", "endless", "long"] as const satisfies SessionFilter[];

// What a pane holds fills it; while its query shows old data the same element carries the grey look.
const PANE =
  "flex min-h-0 min-w-0 flex-col overflow-hidden [&>div:last-child]:flex [&>div:last-child]:min-h-0 " +
  "[&>div:last-child]:flex-1 [&>div:last-child]:flex-col";

export type SessionsViewProps = { userRef: string; canEdit: boolean; canDownload: boolean };

/**
 * Two panes: the sessions of a person, and the conversation of one of them; or two conversations side by side. On a
 * narrow screen the list and a conversation stand one at a time.
 */
export function SessionsView({ userRef, canEdit, canDownload }: SessionsViewProps) {
  const [address, setAddress] = useQueryStates(
    {
      session: parseAsString,
      beside: parseAsString,
      message: parseAsString,
      sort: parseAsStringLiteral(SORTS).withDefault("activity"),
      filter: parseAsStringLiteral(FILTERS),
    },
    { history: "push" },
  );
  const list = useSessionList(userRef, address.sort, address.filter);
  // Without a choice the latest one is shown, and stays although others become the latest.
  const [offered, setOffered] = useState<string | null>(null);
  const latest = list.data?.pages[0]?.sessions[0]?.ref ?? null;
  if (offered === null && latest !== null) setOffered(latest);
  const { opening, open } = useOpening(address.session);
  const chosen = opening ?? address.session;
  const shown = chosen ?? offered;
  const beside = chosen !== null && address.beside !== chosen ? address.beside : null;
  const [drafts] = useState(() => new AppendDrafts());
  const fill = useFillHeight();
  // Under a person's header there is no room for a conversation on a narrow screen: go where it is.
  useEffect(() => {
    if (chosen && !window.matchMedia("(min-width: 1024px)").matches) fill.current?.scrollIntoView();
  }, [chosen, fill]);

  const client = useQueryClient();
  /** Asked for at once, not when the pane is drawn. */
  const read = (session: string) => client.prefetchQuery(newestMessagesQuery(userRef, session));
  const common = { userRef, canEdit, canDownload, drafts };
  const close = () => {
    setOffered(null);
    void setAddress({ session: beside, beside: null, message: null });
  };
  const closeBeside = () => void setAddress({ beside: null });

  return (
    <div ref={fill} className={sessionsFrame(beside ? "pair" : chosen ? "conversation" : "list")}>
      {beside ? null : (
        <section aria-label="Sessions" className={clsx(PANE, "lg:border-r", chosen && "max-lg:hidden")}>
          <SessionList
            list={list}
            sort={address.sort}
            onSort={(sort) => void setAddress({ sort }, { history: "replace" })}
            filter={address.filter}
            onFilter={(filter) => void setAddress({ filter }, { history: "replace" })}
            current={shown}
            hrefOf={(session) => `?session=${encodeURIComponent(session)}`}
            onPress={(session) => void read(session)}
            onOpen={(session) => open(session, read(session))}
            onBeside={(session) => void setAddress({ session: shown, beside: session, message: null })}
          />
        </section>
      )}
      <section
        aria-label="Conversation"
        className={clsx(PANE, !chosen && "max-lg:hidden", beside && "max-lg:border-b lg:border-r")}
      >
        {shown ? (
          <ConversationView
            key={shown}
            {...common}
            session={shown}
            beside={beside !== null}
            linked={opening === null ? address.message : null}
            onBack={() => void setAddress({ session: beside, beside: null, message: null })}
            onDeleted={close}
          />
        ) : list.data ? (
          <EmptyState
            icon={<MessagesSquare />}
            title="No conversation to show"
            body="Its messages appear here as soon as an assistant writes them."
          />
        ) : (
          <ConversationSkeleton />
        )}
      </section>
      {beside ? (
        <section aria-label="Conversation beside it" className={PANE}>
          <ConversationView
            key={beside}
            {...common}
            session={beside}
            beside
            onBack={closeBeside}
            onDeleted={closeBeside}
          />
        </section>
      ) : null}
    </div>
  );
}

"use client";

import clsx from "clsx";
import { MessagesSquare } from "lucide-react";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useEffect, useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import type { SessionSort } from "@/lib/redis/sessions/schema";
import { ConversationSkeleton } from "./conversation-skeleton";
import { ConversationView } from "./conversation-view";
import { SessionList, useSessionList } from "./session-list";
import { sessionsFrame } from "./sessions-frame";
import { useFillHeight } from "./use-fill-height";

const SORTS = ["activity", "messages", "bytes", "life", "name"] as const satisfies SessionSort[];

// What a pane holds fills it; while its query shows old data the same element carries the grey look.
const PANE =
  "flex min-h-0 min-w-0 flex-col overflow-hidden [&>div:last-child]:flex [&>div:last-child]:min-h-0 " +
  "[&>div:last-child]:flex-1 [&>div:last-child]:flex-col";

export type SessionsViewProps = { userRef: string; canEdit: boolean };

/** Two panes: the sessions of a person, and the conversation of one of them. On a narrow screen one at a time. */
export function SessionsView({ userRef, canEdit }: SessionsViewProps) {
  const [address, setAddress] = useQueryStates(
    { session: parseAsString, sort: parseAsStringLiteral(SORTS).withDefault("activity") },
    { history: "push" },
  );
  const list = useSessionList(userRef, address.sort);
  // Without a choice the latest one is shown, and stays although others become the latest.
  const [offered, setOffered] = useState<string | null>(null);
  const latest = list.data?.pages[0]?.sessions[0]?.ref ?? null;
  if (offered === null && latest !== null) setOffered(latest);
  const chosen = address.session;
  const shown = chosen ?? offered;
  const fill = useFillHeight();
  // Under a person's header there is no room for a conversation on a narrow screen: go where it is.
  useEffect(() => {
    if (chosen && !window.matchMedia("(min-width: 1024px)").matches) fill.current?.scrollIntoView();
  }, [chosen, fill]);

  function close() {
    setOffered(null);
    void setAddress({ session: null });
  }

  return (
    <div ref={fill} className={sessionsFrame(chosen ? "conversation" : "list")}>
      <section aria-label="Sessions" className={clsx(PANE, "lg:border-r", chosen && "max-lg:hidden")}>
        <SessionList
          list={list}
          sort={address.sort}
          onSort={(sort) => void setAddress({ sort }, { history: "replace" })}
          current={shown}
          hrefOf={(session) => `?session=${encodeURIComponent(session)}`}
          onOpen={(session) => void setAddress({ session })}
        />
      </section>
      <section aria-label="Conversation" className={clsx(PANE, !chosen && "max-lg:hidden")}>
        {shown ? (
          <ConversationView
            key={shown}
            userRef={userRef}
            session={shown}
            canEdit={canEdit}
            onBack={() => void setAddress({ session: null })}
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
    </div>
  );
}

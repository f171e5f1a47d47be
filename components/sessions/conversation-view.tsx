"use client";

import { MessagesSquare } from "lucide-react";
import dynamic from "next/dynamic";
import { useCallback, useMemo, useState } from "react";
import { ConsoleError } from "@/components/query/console-error";
import { QueryState } from "@/components/query/query-state";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { AppendDrafts } from "./append-drafts";
import { AppendForm } from "./append-form";
import { ConversationHead } from "./conversation-head";
import { ConversationNotice } from "./conversation-notice";
import { ConversationSkeleton } from "./conversation-skeleton";
import { placeOf, type WindowItem } from "./conversation-window";
import { copyText } from "./copy-text";
import { FindBar } from "./find-bar";
import { GoBar } from "./go-bar";
import { messageLink } from "./message-link";
import { MessageStream } from "./message-stream";
import type { OpenDialog } from "./open-dialogs";
import { useConversation } from "./use-conversation";
import { useFind } from "./use-find";
import { useLinkedMessage } from "./use-linked-message";

// Needed after a click, so they come after the page.
const OpenDialogs = dynamic(() => import("./open-dialogs").then((module) => module.OpenDialogs), {
  ssr: false,
});

const NOWHERE: ReadonlySet<number> = new Set();

/** The message that was gone to, where it stood in a list that began with this one. */
type GoTo = { position: number; mark: string; oldestDigest: string };

export type ConversationViewProps = {
  userRef: string;
  session: string;
  canEdit: boolean;
  canDownload: boolean;
  /** One of two that stand side by side. */
  beside?: boolean;
  /** The message that the address names. */
  linked?: string | null;
  /** What is being written into the sessions of this page. */
  drafts: AppendDrafts;
  onBack: () => void;
  onDeleted: () => void;
};

/** One session: its state and life, its messages, and what can be done with them. */
export function ConversationView(props: ConversationViewProps) {
  const { userRef, session, canEdit, canDownload, beside = false, linked = null, onBack, onDeleted } = props;
  const conversation = useConversation(userRef, session);
  const { newest, window, show } = conversation;
  const target = useMemo(() => ({ userRef, session }), [userRef, session]);
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const [bar, setBar] = useState<"find" | "go" | null>(null);
  const [words, setWords] = useState("");
  const [goTo, setGoTo] = useState<GoTo | null>(null);
  const find = useFind(target, bar === "find" ? words : "", window);
  const positions = find.isShorter ? undefined : find.found?.positions;
  const current = useMemo(() => (window && goTo ? placeOf(window, goTo) : null), [window, goTo]);
  const found = useMemo(
    () => ({ words: words.trim(), positions: positions ? new Set(positions) : NOWHERE, goTo, current }),
    [words, positions, goTo, current],
  );
  const onBytes = useCallback((item: WindowItem) => setOpen({ what: "bytes", item }), []);
  const onDelete = useCallback((item: WindowItem) => setOpen({ what: "delete-message", item }), []);
  const onLink = useCallback(
    (item: WindowItem) => {
      const { origin, pathname } = globalThis.location;
      const address = `${origin}${pathname}?session=${encodeURIComponent(session)}&message=${messageLink(item)}`;
      void copyText(address, "The link to this message is on the clipboard");
    },
    [session],
  );

  const isHere = (position: number) =>
    window !== null && position >= window.first && position < window.first + window.items.length;
  async function goToPosition(position: number) {
    const around = window && isHere(position) ? window.items : await show(position);
    const mark = around.find((message) => message.position === position)?.mark ?? "";
    setGoTo({ position, mark, oldestDigest: window?.oldestDigest ?? "" });
  }
  // Scrolled far away from, it is still where it was unless the list was trimmed.
  const stayed = goTo && goTo.oldestDigest === window?.oldestDigest ? goTo.position : null;
  const link = useLinkedMessage(target, linked, window !== null, goToPosition);

  if (newest.error instanceof ConsoleError && newest.error.code === "not_found") {
    return <Gone onBack={onBack} />;
  }
  return (
    <QueryState
      query={newest}
      skeleton={<ConversationSkeleton />}
      errorTitle="This session could not be read"
    >
      {(page) => (
        <>
          <ConversationHead
            target={target}
            page={page}
            canEdit={canEdit}
            canDownload={canDownload}
            beside={beside}
            onBack={onBack}
            onFind={() => setBar((before) => (before === "find" ? null : "find"))}
            onGo={() => setBar((before) => (before === "go" ? null : "go"))}
            onTrim={() => setOpen({ what: "trim" })}
            onDelete={() => setOpen({ what: "delete" })}
          />
          {bar === "find" ? (
            <FindBar
              words={words}
              onWords={(now) => {
                setWords(now);
                // Other words are looked for from the newest message on.
                setGoTo(null);
              }}
              find={find}
              at={current ?? stayed}
              onGoTo={(position) => void goToPosition(position).catch(() => setGoTo(null))}
              masked={page.masked === true}
              onClose={() => {
                setBar(null);
                setGoTo(null);
              }}
            />
          ) : bar === "go" ? (
            <GoBar
              target={target}
              onShow={goToPosition}
              onNewest={() => {
                setGoTo(null);
                conversation.jumpToNewest();
              }}
              onClose={() => setBar(null)}
            />
          ) : null}
          <ConversationNotice link={link} lost={conversation.lost} />
          {window ? (
            <MessageStream
              window={window}
              conversation={conversation}
              found={found}
              onBytes={onBytes}
              onLink={onLink}
              onDelete={canEdit ? onDelete : undefined}
            />
          ) : (
            <div className="flex-1" />
          )}
          {canEdit ? <AppendForm target={target} length={page.length} drafts={props.drafts} /> : null}
          {open && window ? (
            <OpenDialogs
              open={open}
              target={target}
              page={page}
              window={window}
              onClose={() => setOpen(null)}
              onDeleted={onDeleted}
              onMessageDeleted={conversation.remove}
              onMessageBack={(position) => void show(position).catch(() => setGoTo(null))}
            />
          ) : null}
        </>
      )}
    </QueryState>
  );
}

function Gone({ onBack }: { onBack: () => void }) {
  return (
    <EmptyState
      icon={<MessagesSquare />}
      title="This session is not there"
      body="It expired, was deleted, or never was. When an assistant writes to it again, it shows here by itself."
      action={<Button onClick={onBack}>All sessions</Button>}
    />
  );
}

"use client";

import { MessagesSquare } from "lucide-react";
import dynamic from "next/dynamic";
import { useCallback, useState } from "react";
import { ConsoleError } from "@/components/query/console-error";
import { QueryState } from "@/components/query/query-state";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { AppendForm } from "./append-form";
import { ConversationHead } from "./conversation-head";
import { ConversationSkeleton } from "./conversation-skeleton";
import type { WindowItem } from "./conversation-window";
import { FindBar, useMatches } from "./find-bar";
import { type Found, MessageStream } from "./message-stream";
import { useConversation } from "./use-conversation";

// Needed after a click, so they come after the page.
const BytesSheet = dynamic(() => import("./bytes-sheet").then((module) => module.BytesSheet), { ssr: false });
const dialogs = () => import("./session-dialogs");
const TrimDialog = dynamic(() => dialogs().then((module) => module.TrimDialog), { ssr: false });
const DeleteSessionDialog = dynamic(() => dialogs().then((module) => module.DeleteSessionDialog), {
  ssr: false,
});
const DeleteMessageDialog = dynamic(() => dialogs().then((module) => module.DeleteMessageDialog), {
  ssr: false,
});

export type ConversationViewProps = {
  userRef: string;
  session: string;
  canEdit: boolean;
  onBack: () => void;
  onDeleted: () => void;
};

type Open =
  | { what: "trim" }
  | { what: "delete" }
  | { what: "bytes"; item: WindowItem }
  | { what: "delete-message"; item: WindowItem };

/** One session: its state and life, its messages, and what can be done with them. */
export function ConversationView({ userRef, session, canEdit, onBack, onDeleted }: ConversationViewProps) {
  const conversation = useConversation(userRef, session);
  const { newest, window } = conversation;
  const target = { userRef, session };
  const [open, setOpen] = useState<Open | null>(null);
  const [words, setWords] = useState<string | null>(null);
  const [goTo, setGoTo] = useState<Found["goTo"]>(null);
  const matches = useMatches(window, words ?? "");
  const close = () => setOpen(null);
  const onBytes = useCallback((item: WindowItem) => setOpen({ what: "bytes", item }), []);
  const onDelete = useCallback((item: WindowItem) => setOpen({ what: "delete-message", item }), []);

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
            onBack={onBack}
            onFind={() => setWords((before) => (before === null ? "" : null))}
            onTrim={() => setOpen({ what: "trim" })}
            onDelete={() => setOpen({ what: "delete" })}
          />
          {words === null || !window ? null : (
            <FindBar
              words={words}
              onWords={setWords}
              matches={matches}
              goTo={goTo}
              onGoTo={setGoTo}
              loaded={window.items.length}
              length={window.length}
              onClose={() => setWords(null)}
            />
          )}
          {window ? (
            <MessageStream
              window={window}
              conversation={conversation}
              found={{ keys: new Set(matches), goTo: words === null ? null : goTo }}
              onBytes={onBytes}
              onDelete={canEdit ? onDelete : undefined}
            />
          ) : (
            <div className="flex-1" />
          )}
          {canEdit ? <AppendForm target={target} length={page.length} /> : null}
          {open?.what === "trim" ? <TrimDialog target={target} length={page.length} onClose={close} /> : null}
          {open?.what === "delete" ? (
            <DeleteSessionDialog
              target={target}
              label={page.label}
              length={page.length}
              onClose={close}
              onDeleted={onDeleted}
            />
          ) : null}
          {open?.what === "bytes" ? <BytesSheet target={target} item={open.item} onClose={close} /> : null}
          {open?.what === "delete-message" && window ? (
            <DeleteMessageDialog
              target={target}
              item={open.item}
              window={window}
              onClose={close}
              onDeleted={(item) => conversation.remove(item.key)}
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

"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, CalendarSearch, Ellipsis, Search, X } from "lucide-react";
import dynamic from "next/dynamic";
import { IconButton } from "@/components/ui/button";
import { Bytes } from "@/components/ui/bytes";
import { Mono } from "@/components/ui/code";
import { MaskedMark } from "@/components/ui/masked-mark";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { MessagePage } from "@/lib/redis/sessions/schema";
import { LifeStrip } from "./life-strip";
import type { SessionTarget } from "./mutations";
import { exactSizeQuery } from "./queries";

/** The menu comes with its positioning code: a quarter of this page's scripts, needed once it is opened. */
const SessionMenu = dynamic(() => import("./session-menu").then((module) => module.SessionMenu), {
  ssr: false,
  loading: () => (
    <IconButton label="More" size="sm" disabled>
      <Ellipsis />
    </IconButton>
  ),
});

export type ConversationHeadProps = {
  target: SessionTarget;
  page: MessagePage;
  canEdit: boolean;
  canDownload: boolean;
  /** Stands beside another one: there is no list to the left. */
  beside: boolean;
  onBack: () => void;
  onFind: () => void;
  onGo: () => void;
  onTrim: () => void;
  onDelete: () => void;
};

/** Which session this is, how much of it there is, how long it lives, and what can be done with it. */
export function ConversationHead(props: ConversationHeadProps) {
  const { target, page, canEdit, canDownload, beside, onBack, onFind, onGo, onTrim, onDelete } = props;
  return (
    <header className="flex flex-col gap-1.5 border-b px-4 py-2.5">
      <div className="flex min-w-0 items-center gap-2">
        <IconButton
          label={beside ? "Close this one" : "Back to the sessions"}
          size="sm"
          className={beside ? "-ml-1.5" : "-ml-1.5 lg:hidden"}
          onClick={onBack}
        >
          {beside ? <X /> : <ArrowLeft />}
        </IconButton>
        <h2 className="min-w-0 flex-1 truncate text-base font-semibold">
          <Mono className="break-normal">
            <VisibleText inline text={page.label} />
          </Mono>
        </h2>
        {page.masked ? (
          <MaskedMark tip="Words are hidden; number, order, times and kinds are as they are" />
        ) : null}
        <IconButton label="Go to a time" size="sm" onClick={onGo}>
          <CalendarSearch />
        </IconButton>
        <IconButton label="Find in this session" size="sm" onClick={onFind}>
          <Search />
        </IconButton>
        <SessionMenu
          target={target}
          page={page}
          canEdit={canEdit}
          canDownload={canDownload}
          onTrim={onTrim}
          onDelete={onDelete}
        />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="flex flex-wrap items-center gap-x-2 text-sm text-fg-muted">
          <span>
            {formatCount(page.length)} {page.length === 1 ? "message" : "messages"}
          </span>
          <Size target={target} approxBytes={page.sizeBytes} masked={page.masked === true} />
        </p>
        <LifeStrip target={target} life={page} canEdit={canEdit} />
      </div>
    </header>
  );
}

type SizeProps = { target: SessionTarget; approxBytes: number | null; masked: boolean };

function Size({ target, approxBytes, masked }: SizeProps) {
  const exact = useQuery(exactSizeQuery(target.userRef, target.session));
  if (approxBytes === null) return null;
  return (
    <>
      <span aria-hidden className="text-fg-subtle">
        ·
      </span>
      {masked ? (
        <Bytes value={approxBytes} approx />
      ) : exact.data ? (
        <Bytes value={exact.data.sizeBytes} approx={!exact.data.exact} />
      ) : (
        <button
          type="button"
          onClick={() => void exact.refetch()}
          disabled={exact.isFetching}
          className="rounded-sm hover:text-fg hover:underline"
          data-tip="Count its bytes exactly"
        >
          <Bytes value={approxBytes} approx />
        </button>
      )}
    </>
  );
}

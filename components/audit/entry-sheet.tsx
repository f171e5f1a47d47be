"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Mono } from "@/components/ui/code";
import { CopyButton } from "@/components/ui/copy-button";
import { Sheet } from "@/components/ui/sheet";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount, formatDateTime } from "@/lib/format";
import type { AuditRow } from "@/lib/redis/audit/schema";
import { actionWords } from "./action-words";
import { OutcomeBadge } from "./outcome-badge";
import { countWords, operatorWords, outcomeOf, roleWord } from "./words";

type Props = { row: AuditRow | null; onClose: () => void; onSubject: (subject: string) => void };

/** Everything that one entry says, with what ties it into the chain. */
export function EntrySheet({ row, onClose, onSubject }: Props) {
  return (
    <Sheet
      open={row !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={row ? actionWords(row.action) : ""}
      description={row ? `Entry ${formatCount(row.seq)}, ${formatDateTime(row.timeMs)}` : undefined}
    >
      {row ? <Everything row={row} onSubject={onSubject} /> : null}
    </Sheet>
  );
}

function Everything({ row, onSubject }: { row: AuditRow; onSubject: (subject: string) => void }) {
  const who = operatorWords(row);
  const counts = countWords(row.counts, formatCount);
  const { subject, pseudonym } = row;
  return (
    <div className="flex flex-col gap-5">
      {row.wrong ? (
        <Callout tone="danger" title="This entry is not as the console wrote it">
          {row.wrong}
        </Callout>
      ) : null}
      <Facts>
        <Fact name="Outcome">
          <span className="flex flex-wrap items-center gap-1.5">
            <OutcomeBadge row={row} />
          </span>
          <p className="mt-1 text-xs text-fg-muted">
            {outcomeOf(row.outcome).says}
            {row.ending ? ` Its outcome is entry ${formatCount(row.ending.seq)}.` : ""}
          </p>
        </Fact>
        <Fact name="Operator">
          <bdi>{who.text}</bdi>
          {roleWord(row.role) ? `, ${roleWord(row.role)}` : ""}
          {who.plain ? null : <Small>{row.operator}</Small>}
        </Fact>
        <Fact name="Action">
          <Mono>{row.action}</Mono>
        </Fact>
        <Fact name="Person">
          {subject && pseudonym ? (
            <>
              <Mono>{pseudonym}</Mono>
              <Small>{subject}</Small>
              <Button size="sm" className="mt-1.5" onClick={() => onSubject(subject)}>
                Only entries about this person
              </Button>
            </>
          ) : (
            <None>about nobody in particular</None>
          )}
        </Fact>
        <Fact name="Counts">{counts.length > 0 ? counts.join(", ") : <None>none</None>}</Fact>
        <Fact name="Reason">{row.reason ? <VisibleText text={row.reason} /> : <None>none given</None>}</Fact>
        <Fact name="Ticket">{row.ticket ? <VisibleText text={row.ticket} /> : <None>none given</None>}</Fact>
        {row.code ? (
          <Fact name="Error">
            <Mono>{row.code}</Mono>
          </Fact>
        ) : null}
        <Fact name="Request">
          <Copied text={row.requestId} label="Copy the request id" />
        </Fact>
        <Fact name="Time">
          {formatDateTime(row.timeMs)}
          <Small>{row.timeMs} ms</Small>
        </Fact>
      </Facts>
      <section className="flex flex-col gap-2">
        <h3 className="text-sm font-semibold">In the chain</h3>
        <Facts>
          <Fact name="Before">
            <Copied text={row.prev} label="Copy the hash of the entry before" />
          </Fact>
          <Fact name="Hash">
            <Copied text={row.hash} label="Copy the hash" />
          </Fact>
          <Fact name="MAC">
            <Copied text={row.mac} label="Copy the MAC" />
          </Fact>
        </Facts>
        <p className="text-xs text-fg-muted">
          Noted down, <Mono>{`${row.seq}:${row.hash.slice(0, 8)}…`}</Mono> proves later that nothing before it
          was changed: npm run verify-audit -- FILE --head SEQ:HASH.{" "}
          <CopyButton text={`${row.seq}:${row.hash}`} label="Copy this entry as a head" />
        </p>
      </section>
    </div>
  );
}

function Facts({ children }: { children: ReactNode }) {
  return <dl className="flex flex-col divide-y rounded-lg border">{children}</dl>;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-3 px-3 py-2 text-sm">
      <dt className="w-20 shrink-0 text-fg-muted">{name}</dt>
      <dd className="min-w-0 flex-1 wrap-anywhere">{children}</dd>
    </div>
  );
}

function Copied({ text, label }: { text: string; label: string }) {
  return (
    <span className="flex items-start gap-1">
      <Mono className="min-w-0 flex-1">{text}</Mono>
      <CopyButton text={text} label={label} className="-my-1" />
    </span>
  );
}

function Small({ children }: { children: ReactNode }) {
  return <span className="block font-mono text-xs wrap-anywhere text-fg-muted">{children}</span>;
}

function None({ children }: { children: ReactNode }) {
  return <span className="text-fg-subtle">{children}</span>;
}

"use client";

import { OctagonAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import { formatCount } from "@/lib/format";
import type { AuditPage, AuditRow } from "@/lib/redis/audit/schema";
import { actionWords } from "./action-words";
import { OutcomeBadge } from "./outcome-badge";
import { countWords, operatorWords, roleWord } from "./words";

export type EntriesTableProps = {
  rows: AuditPage["rows"];
  onOpen: (row: AuditRow) => void;
  onSubject: (subject: string) => void;
};

export function EntriesTable({ rows, onOpen, onSubject }: EntriesTableProps) {
  return (
    <Table list caption="Entries of the audit log, newest first">
      <THead>
        <TR>
          <TH align="right">Entry</TH>
          <TH>Time</TH>
          <TH>Operator</TH>
          <TH>Action</TH>
          <TH>Outcome</TH>
          <TH>Person</TH>
          <TH className="max-lg:hidden">What and why</TH>
          <TH className="max-xl:hidden">Request</TH>
        </TR>
      </THead>
      <TBody>
        {rows.map((row) =>
          "broken" in row ? (
            <BrokenLine key={row.seq} seq={row.seq} />
          ) : (
            <Entry key={row.seq} row={row} onOpen={onOpen} onSubject={onSubject} />
          ),
        )}
      </TBody>
    </Table>
  );
}

type EntryProps = Pick<EntriesTableProps, "onOpen" | "onSubject"> & { row: AuditRow };

function Entry({ row, onOpen, onSubject }: EntryProps) {
  const { seq, timeMs, role, action, subject, pseudonym, wrong, requestId } = row;
  const who = operatorWords(row);
  return (
    <TR className="relative">
      <TD align="right" className="text-fg-muted max-sm:hidden">
        {formatCount(seq)}
      </TD>
      <TD className="whitespace-nowrap max-sm:hidden">
        <TimeAgo ms={timeMs} className="relative text-fg-muted" />
      </TD>
      <TD className="max-w-44 max-sm:hidden">
        <span className="block truncate">
          <bdi className={who.plain ? "text-fg-muted" : "font-medium"}>{who.text}</bdi>
          {roleWord(role) ? <span className="ml-1.5 text-xs text-fg-muted">{roleWord(role)}</span> : null}
        </span>
      </TD>
      <TD>
        <div className="min-w-0">
          <button
            type="button"
            onClick={() => onOpen(row)}
            aria-label={`${actionWords(action)}: open entry ${formatCount(seq)}`}
            className="rounded-sm text-left font-medium after:absolute after:inset-0"
          >
            {actionWords(action)}
          </button>
          <Narrow row={row} />
        </div>
      </TD>
      <TD>
        <span className="flex flex-wrap items-center gap-1.5">
          <OutcomeBadge row={row} />
          {wrong ? (
            <Badge tone="danger" icon={<OctagonAlert />} data-tip={wrong} className="relative">
              changed
            </Badge>
          ) : null}
        </span>
      </TD>
      <TD className="max-sm:hidden">
        {subject && pseudonym ? (
          <button
            type="button"
            data-tip="Only entries about this person"
            onClick={() => onSubject(subject)}
            className="relative rounded-sm font-mono text-[0.93em] text-accent-fg hover:underline"
          >
            {pseudonym}
          </button>
        ) : (
          <Nothing />
        )}
      </TD>
      <TD className="max-w-72 max-lg:hidden max-sm:hidden">
        <Why row={row} />
      </TD>
      <TD className="max-xl:hidden max-sm:hidden">
        <span data-tip={requestId} className="relative font-mono text-xs text-fg-muted">
          {requestId.slice(0, 8)}
        </span>
      </TD>
    </TR>
  );
}

function Why({ row: { counts, reason, ticket, code } }: { row: AuditRow }) {
  const words = [...countWords(counts, formatCount), ticket, code?.replaceAll("_", " "), reason];
  const said = words.filter(Boolean).join(" · ");
  return said ? <bdi className="block truncate text-fg-muted">{said}</bdi> : <Nothing />;
}

function Nothing() {
  return <span className="text-fg-subtle">–</span>;
}

/** A phone's row: what the other columns say, in one line under the action. */
function Narrow({ row }: { row: AuditRow }) {
  return (
    <p className="text-xs text-fg-muted sm:hidden">
      <bdi>{operatorWords(row).text}</bdi> · <TimeAgo ms={row.timeMs} />
      {row.pseudonym ? ` · ${row.pseudonym}` : ""}
    </p>
  );
}

/** Somebody put a line into the stream, or changed one beyond recognition. */
function BrokenLine({ seq }: { seq: number }) {
  return (
    <TR>
      <TD align="right" className="text-fg-muted max-sm:hidden">
        {formatCount(seq)}
      </TD>
      <TD colSpan={7}>
        <Badge tone="danger" icon={<OctagonAlert />}>
          no entry
        </Badge>{" "}
        <span className="text-fg-muted">What stands in the place of entry {formatCount(seq)} is none.</span>
      </TD>
    </TR>
  );
}

"use client";

import { Countdown } from "@/components/ui/countdown";
import { PageLink } from "@/components/ui/page-link";
import { Meter } from "@/components/ui/progress";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { Listed } from "./everyone-lists";
import { VERDICT_FILL, VerdictBadge } from "./verdict-badge";

export type PeopleTableProps = {
  caption: string;
  listed: Listed[];
  /** How far Redis's clock is ahead of the server's. */
  clockOffsetMs: number;
};

/** People and the one window that put them on the list; each row leads to that person's limits. */
export function PeopleTable({ caption, listed, clockOffsetMs }: PeopleTableProps) {
  return (
    <Table list caption={caption}>
      <THead>
        <TR>
          <TH>User</TH>
          <TH>Requests</TH>
          <TH className="w-40">Of the limit</TH>
          <TH>State</TH>
          <TH align="right">Ends in</TH>
        </TR>
      </THead>
      <TBody>
        {listed.map((row) => (
          <Row key={row.person.userRef} {...row} clockOffsetMs={clockOffsetMs} />
        ))}
      </TBody>
    </Table>
  );
}

function Row({ person, window, clockOffsetMs }: Listed & { clockOffsetMs: number }) {
  const { count, limit, period, state, resetAtMs } = window;
  return (
    <TR className="relative">
      <TD className="sm:max-w-80">
        <PageLink
          href={`/users/${person.userRef}/limits`}
          className="block truncate rounded-sm font-mono text-[0.93em] font-medium after:absolute after:inset-0"
        >
          <VisibleText inline limit={120} text={person.label} />
        </PageLink>
      </TD>
      <TD label="Requests" className="whitespace-nowrap tabular-nums">
        <span>
          {count === null ? "no number" : formatCount(count)}
          <span className="text-fg-muted">
            {" "}
            of {formatCount(limit)} {period}
            {window.limitSource === "override" ? ", own limit" : ""}
          </span>
        </span>
      </TD>
      <TD className="max-sm:hidden">
        <Meter value={Math.max(0, count ?? 0)} max={limit} tone={VERDICT_FILL[state]} />
      </TD>
      <TD label="State">
        <VerdictBadge state={state} />
      </TD>
      <TD label="Ends in" align="right" className="whitespace-nowrap tabular-nums">
        {resetAtMs === null ? (
          <span className="text-warn-fg">no end</span>
        ) : (
          <Countdown untilMs={resetAtMs} offsetMs={clockOffsetMs} />
        )}
      </TD>
    </TR>
  );
}

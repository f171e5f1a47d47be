"use client";

import { Countdown } from "@/components/ui/countdown";
import { PageLink } from "@/components/ui/page-link";
import { Meter } from "@/components/ui/progress";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { KeyTrouble, LimitPerson, PersonWindow } from "@/lib/redis/rate-limits/schema";
import type { Troubled } from "./everyone-lists";
import { countText } from "./limit-words";
import { KeyTroubleBadge, VERDICT_FILL, VerdictBadge } from "./verdict-badge";

export type PeopleTableProps = {
  caption: string;
  listed: Troubled[];
  /** How far Redis's clock is ahead of the server's. */
  clockOffsetMs: number;
};

/** People and the one window, or the key, that put them on the list; each row leads to that person's limits. */
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
          <TR key={row.person.userRef} className="relative">
            <Who person={row.person} />
            {"window" in row ? (
              <OfWindow window={row.window} clockOffsetMs={clockOffsetMs} />
            ) : (
              <OfKey trouble={row.keyTrouble} clockOffsetMs={clockOffsetMs} />
            )}
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

function Who({ person }: { person: LimitPerson }) {
  return (
    <TD className="sm:max-w-80">
      <PageLink
        href={`/users/${person.userRef}/limits`}
        className="block truncate rounded-sm font-mono text-[0.93em] font-medium after:absolute after:inset-0"
      >
        <VisibleText inline limit={120} text={person.label} />
      </PageLink>
    </TD>
  );
}

function OfWindow({ window, clockOffsetMs }: { window: PersonWindow; clockOffsetMs: number }) {
  const { count, limit, period, state, resetAtMs } = window;
  return (
    <>
      <TD label="Requests" className="whitespace-nowrap tabular-nums">
        <span>
          {count === null ? "no number" : countText(window)}
          <span className="text-fg-muted">
            {count === null ? "; the limit is " : " of "}
            {formatCount(limit)} {period}
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
      <EndsIn endsAtMs={resetAtMs} clockOffsetMs={clockOffsetMs} />
    </>
  );
}

function OfKey({ trouble, clockOffsetMs }: { trouble: KeyTrouble; clockOffsetMs: number }) {
  return (
    <>
      <TD label="Requests" className="text-fg-muted">
        {trouble.kind === "wrong-type"
          ? `a ${trouble.type}, no hash of counters`
          : "all counters end with their key"}
      </TD>
      <TD className="max-sm:hidden" />
      <TD label="State">
        <KeyTroubleBadge kind={trouble.kind} />
      </TD>
      <EndsIn endsAtMs={trouble.endsAtMs} clockOffsetMs={clockOffsetMs} />
    </>
  );
}

function EndsIn({ endsAtMs, clockOffsetMs }: { endsAtMs: number | null; clockOffsetMs: number }) {
  return (
    <TD label="Ends in" align="right" className="whitespace-nowrap tabular-nums">
      {endsAtMs === null ? (
        <span className="text-warn-fg">no end</span>
      ) : (
        <Countdown untilMs={endsAtMs} offsetMs={clockOffsetMs} />
      )}
    </TD>
  );
}

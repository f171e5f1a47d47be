"use client";

import { ROLE_WORD } from "@/components/shell/role-words";
import { Badge } from "@/components/ui/badge";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { OperatorRow } from "@/lib/redis/operators/schema";
import type { Deed } from "./deed";
import { OperatorMenu } from "./operator-menu";
import { VIA_WORD, whereWords } from "./words";

export type OperatorsTableProps = { rows: OperatorRow[]; onDeed: (deed: Deed, id: string) => void };

export function OperatorsTable({ rows, onDeed }: OperatorsTableProps) {
  return (
    <Table list caption="Who may sign in to this console">
      <THead>
        <TR>
          <TH>Name</TH>
          <TH>Role</TH>
          <TH>Signs in by</TH>
          <TH>Last sign-in</TH>
          <TH>Signed in</TH>
          <TH>State</TH>
          <TH>
            <span className="sr-only">Actions</span>
          </TH>
        </TR>
      </THead>
      <TBody>
        {rows.map((row) => (
          <TR key={row.id} className="max-sm:relative">
            <TD className="sm:max-w-72">
              <div className="min-w-0 max-sm:pr-10">
                <p className="flex min-w-0 items-center gap-2">
                  <bdi className="truncate font-medium">{row.name}</bdi>
                  {row.self ? <Badge tone="accent">you</Badge> : null}
                </p>
                <p className="text-xs text-fg-muted sm:hidden">
                  {ROLE_WORD[row.role]} · {VIA_WORD[row.via]} ·{" "}
                  <TimeAgo ms={row.lastSignInAtMs} none="never in" />
                </p>
              </div>
            </TD>
            <TD className="whitespace-nowrap max-sm:hidden">{ROLE_WORD[row.role]}</TD>
            <TD className="whitespace-nowrap text-fg-muted max-sm:hidden">{VIA_WORD[row.via]}</TD>
            <TD className="whitespace-nowrap text-fg-muted max-sm:hidden">
              <TimeAgo ms={row.lastSignInAtMs} none="never" />
            </TD>
            <TD className="max-sm:hidden">
              <Where row={row} onOpen={() => onDeed("sessions", row.id)} />
            </TD>
            <TD className={hasState(row) ? "" : "max-sm:hidden"}>
              <State row={row} />
            </TD>
            <TD align="right" className="w-12 max-sm:absolute max-sm:top-2 max-sm:right-0">
              <OperatorMenu row={row} onDeed={(deed) => onDeed(deed, row.id)} />
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

function Where({ row, onOpen }: { row: OperatorRow; onOpen: () => void }) {
  if (row.sessions === 0) return <span className="text-fg-subtle">nowhere</span>;
  return (
    <button
      type="button"
      onClick={onOpen}
      className="rounded-sm whitespace-nowrap underline decoration-line-strong underline-offset-2 hover:decoration-current"
    >
      {whereWords(row.sessions)}
    </button>
  );
}

function hasState({ disabled, mustChangePassword }: OperatorRow): boolean {
  return disabled || mustChangePassword;
}

function State({ row }: { row: OperatorRow }) {
  if (row.disabled) return <Badge tone="danger">disabled</Badge>;
  if (row.mustChangePassword) {
    return (
      <Badge tone="warn" data-tip="The password was made for this operator, and has not been changed since.">
        first password
      </Badge>
    );
  }
  return <Badge tone="ok">active</Badge>;
}

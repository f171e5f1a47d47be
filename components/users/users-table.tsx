"use client";

import { Bytes } from "@/components/ui/bytes";
import { Count } from "@/components/ui/count";
import { PageLink } from "@/components/ui/page-link";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { UserRow, UserSort } from "@/lib/redis/users/schema";
import { ACTIVITY_OR_LATER } from "./activity";
import { directionOf, sortAddress } from "./list-address";
import type { UserListParams } from "./queries";
import { UserState } from "./user-state";

const COLUMNS: { sort: UserSort; label: string; align?: "right" }[] = [
  { sort: "id", label: "User" },
  { sort: "sessions", label: "Sessions", align: "right" },
  { sort: "memories", label: "Memories", align: "right" },
  { sort: "bytes", label: "Bytes", align: "right" },
  { sort: "last-activity", label: "Last activity", align: "right" },
];

export type UsersTableProps = {
  users: UserRow[];
  params: UserListParams;
  /** The walk is not over: counts are "at least". */
  partial: boolean;
};

export function UsersTable({ users, params, partial }: UsersTableProps) {
  return (
    <Table list caption="People with data in this store">
      <THead>
        <TR>
          {COLUMNS.map(({ sort, label, align }) => (
            <TH
              key={sort}
              align={align}
              sort={params.sort === sort ? directionOf(params) : null}
              href={sortAddress(params, sort)}
            >
              {label}
            </TH>
          ))}
          <TH>State</TH>
        </TR>
      </THead>
      <TBody>
        {users.map((user) => (
          <TR key={user.ref} className="relative">
            <TD className="sm:max-w-80">
              <div className="min-w-0">
                <PageLink
                  href={`/users/${user.ref}`}
                  className="block truncate rounded-sm font-mono text-[0.93em] font-medium after:absolute after:inset-0"
                >
                  <VisibleText inline limit={120} text={user.label} />
                </PageLink>
                <Narrow user={user} />
              </div>
            </TD>
            <TD align="right" className="max-sm:hidden">
              <Zero value={user.sessions} partial={partial} />
            </TD>
            <TD align="right" className="max-sm:hidden">
              <Zero value={user.memories} partial={partial} />
            </TD>
            <TD align="right" className="max-sm:hidden">
              <Bytes value={user.sizeBytes} approx />
            </TD>
            <TD align="right" className="whitespace-nowrap max-sm:hidden">
              <TimeAgo
                ms={user.lastActivityMs}
                none="unknown"
                orLater={user.isActivityOrLater ? ACTIVITY_OR_LATER : undefined}
                className="relative text-fg-muted"
              />
            </TD>
            <TD className={user.state || user.disputed > 0 ? "relative" : "max-sm:hidden"}>
              <UserState state={user.state} disputed={user.disputed} />
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

/** A phone's row: what the other columns say, in one line under the name. */
function Narrow({ user }: { user: UserRow }) {
  return (
    <span className="text-xs text-fg-muted sm:hidden">
      {formatCount(user.sessions)} {user.sessions === 1 ? "session" : "sessions"} ·{" "}
      {formatCount(user.memories)} {user.memories === 1 ? "memory" : "memories"} ·{" "}
      <Bytes value={user.sizeBytes} approx /> · <TimeAgo ms={user.lastActivityMs} none="never seen" />
    </span>
  );
}

/** Nothing is written quieter than something, so that the eye finds what is there. */
function Zero({ value, partial }: { value: number; partial: boolean }) {
  if (value === 0 && !partial) return <span className="text-fg-subtle">0</span>;
  return <Count value={value} atLeast={partial} />;
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowRight, UserRoundSearch } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { type FormEvent, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { QueryState } from "@/components/query/query-state";
import { replaceAddress, useFragment } from "@/components/query/use-fragment";
import { rememberTyped, useOpenTyped } from "@/components/shell/open-typed";
import { ButtonLink } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { MaskedMark } from "@/components/ui/masked-mark";
import { Pager } from "@/components/ui/pager";
import { SearchInput } from "@/components/ui/search-input";
import { SkeletonRows } from "@/components/ui/skeleton";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import { walkFailure } from "@/lib/redis/keyspace/survey-schema";
import type { UserList } from "@/lib/redis/users/schema";
import { listAddress, parseListAddress } from "./list-address";
import { type UserListParams, userListQuery } from "./queries";
import { UsersTable } from "./users-table";

/** Shorter than a pause in typing, longer than the time between two keys. */
const TYPING_MS = 120;

export type UsersViewProps = {
  /** Shown where the store holds nobody at all. */
  emptyStore: ReactNode;
};

/** The directory: find a person by any part of the id, or walk through everybody in an order. */
export function UsersView({ emptyStore }: UsersViewProps) {
  const params = parseListAddress(new URLSearchParams(useSearchParams().toString()), useFragment());
  const query = useQuery(userListQuery(params));
  return (
    <div className="flex flex-col gap-4">
      <Search params={params} found={query.isPlaceholderData ? undefined : query.data} />
      <Card className="overflow-clip">
        <QueryState
          query={query}
          skeleton={<SkeletonRows rows={12} columns={6} label="Loading the users" />}
          empty={{ when: isEmptyStore, show: emptyStore }}
          errorTitle="The users could not be read"
        >
          {(list) => <Found list={list} params={params} current={!query.isPlaceholderData} />}
        </QueryState>
      </Card>
    </div>
  );
}

function isEmptyStore({ total, exact, status }: UserList): boolean {
  return total === 0 && exact === null && status.completeness === "complete";
}

function Search({ params, found }: { params: UserListParams; found: UserList | undefined }) {
  const router = useRouter();
  const openTyped = useOpenTyped();
  const [text, setText] = useState(params.query);
  const asked = useRef(params.query);
  // Back and forth in the browser's history changes the address under the field.
  useEffect(() => {
    if (asked.current === params.query) return;
    asked.current = params.query;
    setText(params.query);
  }, [params.query]);
  const { sort, direction } = params;
  const ask = useCallback(() => {
    if (text === asked.current) return;
    asked.current = text;
    // No visit to the server: the list below asks for itself.
    replaceAddress(listAddress({ query: text, sort, direction, cursor: null }));
  }, [text, sort, direction]);
  useEffect(() => {
    const timer = setTimeout(ask, TYPING_MS);
    return () => clearTimeout(timer);
  }, [ask]);

  const form = useRef<HTMLFormElement>(null);
  // People come to this page to type an id; on a phone the keyboard would cover what they came from.
  useEffect(() => {
    if (window.matchMedia("(pointer: fine)").matches) form.current?.querySelector("input")?.focus();
  }, []);

  function open(event: FormEvent) {
    event.preventDefault();
    if (text !== params.query || !found) {
      // Now: an address that changes on the way to another page would end the way there.
      ask();
      if (text.trim()) void openTyped(text.trim());
      return;
    }
    const best = found.exact?.listed ? found.exact : (found.users[0] ?? found.exact);
    if (!best) return;
    if (best.ref === found.exact?.ref) rememberTyped(best.ref, text.trim());
    router.push(`/users/${best.ref}`);
  }

  return (
    <form ref={form} onSubmit={open} className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <SearchInput
        slash
        label="Find a user"
        placeholder="Any part of a user id"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onClear={() => setText("")}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          document.querySelector<HTMLElement>("[data-list] tbody a")?.focus();
        }}
        maxLength={2_000}
        className="w-full max-w-xl flex-1 basis-64"
      />
      <p role="status" className="text-xs text-fg-muted">
        {found ? counted(found) : ""}
        {found?.masked ? (
          <MaskedMark className="ml-2 align-middle" tip="Pseudonyms stand for the ids" />
        ) : null}
      </p>
    </form>
  );
}

function counted({ total, matching, exact, status }: UserList): string {
  const all = `${status.completeness === "partial" ? "at least " : ""}${formatCount(total)}`;
  if (exact) return `${formatCount(matching)} of ${all} users match`;
  return `${all} ${total === 1 ? "user" : "users"}`;
}

type FoundProps = {
  list: UserList;
  params: UserListParams;
  /** The list is the answer to what is asked now, and not to what was asked before. */
  current: boolean;
};

function Found({ list, params, current }: FoundProps) {
  const { users, matching, from, exact, status } = list;
  const failure = walkFailure(status);
  return (
    <>
      {failure ? (
        <Callout tone="warn" title={failure.message} className="m-3">
          These numbers are from the last walk that ended well. {failure.hint}
        </Callout>
      ) : null}
      {status.usersCapped ? (
        <Callout tone="warn" className="m-3">
          This directory holds the first {formatCount(list.total)} users; others open by their exact id.
        </Callout>
      ) : null}
      {exact && !exact.listed ? (
        <OpenExactly
          exact={exact}
          typed={list.masked && current ? params.query.trim() : exact.label}
          alone={users.length === 0}
          partial={status.completeness === "partial"}
        />
      ) : null}
      {users.length > 0 ? (
        <>
          <UsersTable users={users} params={params} partial={status.completeness === "partial"} />
          {list.previousCursor || list.nextCursor ? (
            <Pager
              prevHref={list.previousCursor && listAddress({ ...params, cursor: list.previousCursor })}
              nextHref={list.nextCursor && listAddress({ ...params, cursor: list.nextCursor })}
              label={`${formatCount(from + 1)}–${formatCount(from + users.length)} of ${
                status.completeness === "partial" ? "at least " : ""
              }${formatCount(matching)}`}
            />
          ) : null}
        </>
      ) : exact ? null : (
        <SkeletonRows rows={8} columns={6} label="Scanning the store" />
      )}
    </>
  );
}

type OpenExactlyProps = {
  exact: NonNullable<UserList["exact"]>;
  /** Where the answer says a pseudonym, in the operator's own words. */
  typed: string;
  alone: boolean;
  partial: boolean;
};

/** An id that the walk has not seen may still exist: written a moment ago, or not reached yet. */
function OpenExactly({ exact, typed, alone, partial }: OpenExactlyProps) {
  const link = (
    <ButtonLink
      href={`/users/${exact.ref}`}
      onClick={() => rememberTyped(exact.ref, typed)}
      icon={<ArrowRight />}
      variant={alone ? "primary" : "secondary"}
      size={alone ? "md" : "sm"}
    >
      Open exactly this id
    </ButtonLink>
  );
  const name = <VisibleText inline limit={120} text={typed} className="font-mono text-[0.93em]" />;
  if (alone) {
    return (
      <EmptyState
        icon={<UserRoundSearch />}
        title="Nobody here has that in their id"
        body={
          partial ? (
            <>The store is still being scanned. {name} may be among what is to come.</>
          ) : (
            <>No key of this store names {name}. Opening it looks again, at this very moment.</>
          )
        }
        action={link}
      />
    );
  }
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 border-b px-4 py-2 text-sm text-fg-muted">
      <span className="min-w-0">Nobody is called exactly {name}.</span>
      {link}
    </div>
  );
}

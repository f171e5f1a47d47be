"use client";

import { useQuery } from "@tanstack/react-query";
import { ShieldQuestionMark } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { Crumbs } from "@/components/shell/crumbs";
import { typedFor } from "@/components/shell/open-typed";
import { useOperator } from "@/components/shell/operator";
import { Badge } from "@/components/ui/badge";
import { Bytes } from "@/components/ui/bytes";
import { CopyButton } from "@/components/ui/copy-button";
import { Count } from "@/components/ui/count";
import { MaskedMark } from "@/components/ui/masked-mark";
import { PageLink } from "@/components/ui/page-link";
import { Skeleton } from "@/components/ui/skeleton";
import { TabLinks } from "@/components/ui/tabs";
import { TimeAgo } from "@/components/ui/time-ago";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { UserHead } from "@/lib/redis/users/schema";
import { ACTIVITY_OR_LATER } from "./activity";
import { userHeadQuery } from "./queries";

export type UserHeaderProps = {
  userRef: string;
  /** The person's name for this operator, as the page was made. */
  label: string;
  /** The name that nobody need be kept from. */
  pseudonym: string;
  /** One sentence of limit state. */
  limits: ReactNode;
  /** Ways to more than is shown. */
  actions: ReactNode;
};

/** The head of a person's pages: who, how much, since when, and the ways to more. */
export function UserHeader({ userRef, label, pseudonym, limits, actions }: UserHeaderProps) {
  const { me, sees } = useOperator();
  const { data: head, isError } = useQuery(userHeadQuery(userRef));
  // Masked since the page was made: its name for the person goes before the next answer comes.
  const made = me && !sees(userRef) ? pseudonym : label;
  return (
    <header className="mb-5 flex flex-col gap-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1">
          <Name userRef={userRef} label={head?.label ?? made} head={head} />
        </div>
        {actions}
      </div>
      <div className="flex flex-col gap-1.5">
        {head ? <Facts head={head} /> : <FactsMissing failed={isError} />}
        {limits}
      </div>
      <Tabs userRef={userRef} head={head} />
    </header>
  );
}

type NameProps = { userRef: string; label: string; head: UserHead | undefined };

function Name({ userRef, label, head }: NameProps) {
  const { sees } = useOperator();
  const items = useMemo(
    () => [
      { label: "Users", href: "/users" },
      { label: <VisibleText inline limit={60} text={label} className="font-mono text-[0.93em]" /> },
    ],
    [label],
  );
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
      <Crumbs items={items} />
      <h1 className="min-w-0 font-mono text-lg font-semibold break-all">
        <VisibleText inline limit={300} text={label} />
      </h1>
      {(head ? !head.masked : sees(userRef)) ? (
        <CopyButton text={label} label="Copy the id" />
      ) : (
        <Masked userRef={userRef} />
      )}
      {head && !head.exists ? <Badge>No data</Badge> : null}
      {head ? <Disputed head={head} /> : null}
    </div>
  );
}

/** What stands for the id, and whom the operator looked up: that is known to this tab alone. */
function Masked({ userRef }: { userRef: string }) {
  const typed = typedFor(userRef);
  return (
    <>
      <MaskedMark tip="A pseudonym stands for the id until it is revealed" />
      {typed === undefined ? null : (
        <span className="min-w-0 text-xs text-fg-muted">
          you typed: <VisibleText inline limit={120} text={typed} className="font-mono text-fg" />
        </span>
      )}
    </>
  );
}

function FactsMissing({ failed }: { failed: boolean }) {
  if (!failed) return <Skeleton className="h-4 w-80 max-w-full" />;
  return <p className="text-sm text-fg-muted">What Redis holds of this person cannot be read now.</p>;
}

function Facts({ head }: { head: UserHead }) {
  if (!head.exists) {
    return (
      <p className="text-sm text-fg-muted">
        This store holds nothing under this id now. What the assistant writes appears here by itself.
      </p>
    );
  }
  return (
    <p className="flex flex-wrap gap-x-2 text-sm text-fg-muted [&>*+*]:before:mr-2 [&>*+*]:before:text-fg-subtle [&>*+*]:before:content-['·']">
      <span>
        last seen{" "}
        <TimeAgo
          ms={head.lastActivityMs}
          none="at an unknown time"
          orLater={head.isActivityOrLater ? ACTIVITY_OR_LATER : undefined}
          className="text-fg"
        />
        {head.isActivityOrLater ? " or later" : null}
      </span>
      <span>
        <Bytes value={head.sizeBytes} approx className="text-fg" />
      </span>
      <span>
        <Count value={head.keys} atLeast={!head.complete} className="text-fg" />{" "}
        {head.keys === 1 ? "key" : "keys"}
      </span>
    </p>
  );
}

/** A word and a way to the keys; what to do about them stands on the Privacy tab. */
function Disputed({ head }: { head: UserHead }) {
  const { keys } = head.classes.disputed;
  if (keys === 0) return null;
  return (
    <PageLink
      href={`/users/${head.ref}/storage`}
      className="rounded-sm"
      data-tip="Under this person's name, but of another type, outside of the known names, or naming somebody else. Shown, and never silently erased."
    >
      <Badge icon={<ShieldQuestionMark aria-hidden className="!text-class-disputed-fg" />}>
        {formatCount(keys)} {keys === 1 ? "key" : "keys"} disputed
      </Badge>
    </PageLink>
  );
}

function Tabs({ userRef, head }: { userRef: string; head: UserHead | undefined }) {
  const { can } = useOperator();
  const base = `/users/${userRef}`;
  const counted = head?.complete ? head.classes : undefined;
  return (
    <TabLinks
      label="About this user"
      items={[
        { href: base, label: "Overview" },
        { href: `${base}/sessions`, label: "Sessions", count: counted?.sessions.keys },
        { href: `${base}/limits`, label: "Limits" },
        { href: `${base}/memories`, label: "Memories", count: counted?.memories.keys },
        { href: `${base}/storage`, label: "Storage" },
        ...(can("erase") ? [{ href: `${base}/privacy`, label: "Privacy" }] : []),
      ]}
    />
  );
}

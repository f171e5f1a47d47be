"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Copy, FileOutput, RotateCw, ShieldAlert, ShieldCheck, ShieldQuestionMark } from "lucide-react";
import type { ReactNode } from "react";
import { describeError } from "@/components/query/console-error";
import { useUntoldInterval } from "@/components/query/live";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { Skeleton } from "@/components/ui/skeleton";
import { TimeAgo } from "@/components/ui/time-ago";
import { toast } from "@/components/ui/toast-store";
import { formatCount } from "@/lib/format";
import type { ChainProblem, ChainState } from "@/lib/redis/audit/schema";
import { chainStateQuery, checkChainAgain } from "./queries";

/** "4,211 entries, chain intact, checked 2 s ago", or what is wrong with it, and where its copy stands. */
export function ChainCard() {
  const live = useUntoldInterval(2_000);
  const client = useQueryClient();
  const { data: state, error } = useQuery({
    ...chainStateQuery(),
    refetchInterval: (query) => (live && query.state.data?.running ? 500 : live),
  });
  const again = useMutation({
    mutationFn: checkChainAgain,
    onSuccess: (fresh) => client.setQueryData(chainStateQuery().queryKey, fresh),
    onError: (failure) => toast.error("The chain was not checked", { description: failure.message }),
  });
  return (
    <Card aria-label="State of the chain" className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div role="status" className="min-w-0 flex-1 basis-64">
          {state ? (
            <Verdict state={state} />
          ) : error ? (
            <Unread error={error} />
          ) : (
            <Skeleton className="h-5 w-72" />
          )}
        </div>
        <Button
          size="sm"
          icon={<RotateCw />}
          pending={again.isPending || (state?.running != null && state.checkedAtMs !== null)}
          onClick={() => again.mutate()}
        >
          Check again
        </Button>
      </div>
      {state?.running && state.checkedAtMs === null ? (
        <Progress
          value={state.running.seen}
          max={state.running.total}
          label={`Checking entry ${formatCount(state.running.seen)} of ${formatCount(state.running.total)}`}
        />
      ) : null}
      {state && state.problems.length > 0 ? <Problems state={state} /> : null}
      {state ? <Mirror state={state} /> : null}
    </Card>
  );
}

function Verdict({ state }: { state: ChainState }) {
  const { verdict, entries, checkedAtMs, problems, message } = state;
  const checked =
    checkedAtMs === null ? null : (
      <Quiet>
        checked <TimeAgo ms={checkedAtMs} />
      </Quiet>
    );
  if (verdict === "intact") {
    return (
      <Line icon={<ShieldCheck className="text-ok-fg" />}>
        <strong className="font-semibold">{formatCount(entries)} entries</strong>, chain intact, {checked}
      </Line>
    );
  }
  if (verdict === "broken") {
    const first = problems[0];
    return (
      <Line icon={<ShieldAlert className="text-danger-fg" />}>
        <strong className="font-semibold text-danger-fg">
          {first ? `The chain is broken at entry ${formatCount(first.seq)}` : "The chain is broken"}
        </strong>
        , {checked}
        {message ? <span className="block text-fg-muted">{message}</span> : null}
      </Line>
    );
  }
  if (verdict === "unreadable") {
    return (
      <Line icon={<ShieldQuestionMark className="text-warn-fg" />}>
        <strong className="font-semibold">The chain could not be checked</strong>, {checked}
        {message ? <span className="block text-fg-muted">{message}</span> : null}
      </Line>
    );
  }
  return (
    <Line icon={<ShieldQuestionMark className="text-fg-subtle" />}>
      The chain is being checked for the first time
    </Line>
  );
}

function Unread({ error }: { error: unknown }) {
  return (
    <Line icon={<ShieldQuestionMark className="text-warn-fg" />}>
      The chain’s state could not be read.{" "}
      <span className="text-fg-muted">{describeError(error).message}</span>
    </Line>
  );
}

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-start gap-2 text-sm">
      <span aria-hidden className="mt-0.5 [&_svg]:size-4">
        {icon}
      </span>
      <p className="min-w-0">{children}</p>
    </div>
  );
}

function Quiet({ children }: { children: ReactNode }) {
  return <span className="text-fg-muted">{children}</span>;
}

const WORST = 10;

function Problems({ state: { problems, moreProblems } }: { state: ChainState }) {
  const more = moreProblems + Math.max(0, problems.length - WORST);
  return (
    <div className="rounded-md border border-danger-line bg-danger-bg px-3 py-2 text-sm">
      <ul className="flex flex-col gap-0.5">
        {problems.slice(0, WORST).map((problem) => (
          <li key={`${problem.seq} ${problem.kind} ${problem.note}`}>
            <span className="font-medium text-danger-fg">{placeOf(problem)}</span>{" "}
            <span className="text-fg-muted">{problem.note}</span>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="text-fg-muted">and {formatCount(more)} more</p> : null}
      <p className="mt-1 text-xs text-fg-muted">
        Keep Redis and the mirror as they are, and compare them: npm run verify-audit -- FILE --redis
      </p>
    </div>
  );
}

function placeOf({ seq, to, kind }: ChainProblem): string {
  const what = kind === "not-an-entry" ? "no entry" : kind;
  return to
    ? `Entries ${formatCount(seq)}–${formatCount(to)}: ${what}.`
    : `Entry ${formatCount(seq)}: ${what}.`;
}

function Mirror({ state: { mirror, base } }: { state: ChainState }) {
  const where = mirror.kind === "stdout" ? "standard output" : "a file";
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-fg-muted">
      <span className="flex items-center gap-1.5 [&_svg]:size-3.5 [&_svg]:shrink-0">
        {mirror.kind === "none" ? <Copy aria-hidden /> : <FileOutput aria-hidden />}
        {mirror.problem ? (
          <span className="text-danger-fg">The mirror is behind. {mirror.problem}</span>
        ) : mirror.kind === "none" ? (
          "No copy outside of Redis: set AUDIT_MIRROR to a file or stdout"
        ) : mirror.lastSeq === null ? (
          `Mirrored to ${where}`
        ) : (
          `Mirrored to ${where} up to entry ${formatCount(mirror.lastSeq)}`
        )}
      </span>
      {base ? <span>Entries up to {formatCount(base.seq)} were archived</span> : null}
    </p>
  );
}

"use client";

import { CircleCheck, CircleHelp, CircleX, ShieldQuestionMark } from "lucide-react";
import type { ReactNode } from "react";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { TimeAgo } from "@/components/ui/time-ago";
import { formatCount, formatDateTime, formatMs } from "@/lib/format";
import { totalOf } from "@/lib/redis/erasure/counts";
import type { Dispute, ErasureRun } from "@/lib/redis/erasure/schema";
import { ClassLabel } from "./class-label";
import { Remnants } from "./remnants";
import { CLASS_ORDER, erasedText, keysText, reasonWord } from "./words";

type Ended = Exclude<ErasureRun["status"], "running">;

const TITLES: Record<Ended, string> = {
  verified: "Erased, and verified in Redis",
  partial: "Erased in part",
  unknown: "The outcome is not known",
  failed: "The erasure stopped",
};

/** A run that failed while it was counting has sent nothing that erases. */
function titleOf(run: ErasureRun): string {
  return run.status === "failed" && run.phase === "counting"
    ? "The erasure did not begin"
    : TITLES[run.status as Ended];
}

const ICONS: Record<Ended, ReactNode> = {
  verified: <CircleCheck aria-hidden className="!text-ok-fg" />,
  partial: <ShieldQuestionMark aria-hidden className="!text-warn-fg" />,
  unknown: <CircleHelp aria-hidden className="!text-warn-fg" />,
  failed: <CircleX aria-hidden className="!text-danger-fg" />,
};

/** The last run, as it ended: what was done, what was looked at, and what nobody has looked at. */
export function RunOutcome({ run, action }: { run: ErasureRun; action?: ReactNode }) {
  const status = run.status as Ended;
  const ended = run.finishedAtMs ?? run.startedAtMs;
  return (
    <Card aria-labelledby="outcome">
      <CardHeader
        id="outcome"
        icon={ICONS[status]}
        title={titleOf(run)}
        description={
          <>
            <TimeAgo ms={ended} />, by {run.startedByName}
          </>
        }
        actions={action}
      />
      <CardBody className="flex flex-col gap-4">
        <div role="status" className="flex max-w-3xl flex-col gap-1.5 text-sm">
          {sentences(run).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
        {run.phase === "counting" ? null : <Facts run={run} />}
        {status === "verified" || status === "partial" ? <Remnants /> : null}
      </CardBody>
      <CardFooter>
        {run.ground ? `${run.ground}, ticket ${run.ticket}. ` : ""}Started {formatDateTime(run.startedAtMs)}
        {run.finishedAtMs === null ? null : `, ended ${formatDateTime(run.finishedAtMs)}`}. Kept for 90 days
        without the id.
      </CardFooter>
    </Card>
  );
}

/** What happened, in the words of someone who will be asked about it. */
function sentences(run: ErasureRun): string[] {
  const erased = erasedText(run.erased);
  const walks = "Two walks over the whole keyspace then found nothing";
  switch (run.status) {
    case "verified":
      return [
        totalOf(run.erased) === 0
          ? "There was nothing to erase: two walks over the whole keyspace found nothing of this person."
          : `${erased}. ${walks} of this person.`,
        run.indexedLeft === null
          ? ""
          : "The indexes were asked afterwards and know no document of this person.",
      ].filter(Boolean);
    case "partial":
      return [
        run.stillWritten === null
          ? `${erased}. ${walks} more that is plainly this person's.`
          : `${erased}, and keys came back as fast: ${keysText(totalOf(run.stillWritten))} in the last walk. An assistant still writes for this person. Stop it, then erase again.`,
        disputedSentence(run.disputedLeft),
      ].filter(Boolean);
    case "failed":
      return [
        run.reason ?? "Redis refused.",
        totalOf(run.erased) > 0 ? `By then at least this was done: ${erased}.` : "",
      ].filter(Boolean);
    default:
      return [
        run.reason ?? "An answer of Redis was lost.",
        totalOf(run.erased) > 0 ? `What was counted: ${erased}.` : "Nothing had been counted as erased.",
        "Erasing again is safe: what is gone stays gone, and the rest is found.",
      ];
  }
}

function disputedSentence(left: ErasureRun["disputedLeft"]): string {
  const reasons = Object.entries(left) as [Dispute, number][];
  const total = reasons.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return "";
  const listed = reasons.map(([reason, count]) => `${formatCount(count)} × ${reasonWord(reason)}`).join(", ");
  return `${keysText(total)} stayed because ${total === 1 ? "its owner is" : "their owners are"} in doubt (${listed}).`;
}

function walksText({ passes, emptyPasses }: ErasureRun): string {
  if (passes === 0) return "none finished";
  return `${formatCount(passes)}, ${emptyPasses === 0 ? "none empty" : `the last ${formatCount(emptyPasses)} empty`}`;
}

function Facts({ run }: { run: ErasureRun }) {
  const classes = CLASS_ORDER.filter((name) => run.erased[name] > 0 || (run.planned?.[name] ?? 0) > 0);
  const facts: [string, string][] = [
    ["Walks", walksText(run)],
    ["Speed", `${formatCount(run.keysPerSecond)} keys/s`],
    ["Expired meanwhile", formatCount(run.expiredMeanwhile)],
  ];
  if (run.finishedAtMs !== null) facts.unshift(["Took", formatMs(run.finishedAtMs - run.startedAtMs)]);
  if (run.indexedLeft !== null) facts.push(["Left in indexes", formatCount(run.indexedLeft)]);
  return (
    <div className="flex flex-col gap-3 text-sm">
      {classes.length > 0 ? (
        <ul className="flex flex-wrap gap-x-6 gap-y-2" aria-label="Erased, by class">
          {classes.map((name) => (
            <li key={name} className="flex items-center gap-2">
              <ClassLabel class={name} />
              <span>
                <span className="font-medium">{formatCount(run.erased[name])}</span>
                <span className="text-fg-muted">
                  {" "}
                  of {formatCount(Math.max(run.planned?.[name] ?? 0, run.erased[name]))}
                </span>
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        {facts.map(([name, value]) => (
          <div key={name} className="min-w-20">
            <dt className="text-xs text-fg-muted">{name}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { ChartNoAxesGantt } from "lucide-react";
import { QueryState } from "@/components/query/query-state";
import { Card, CardHeader } from "@/components/ui/card";
import { ChartFrame } from "@/components/ui/chart-frame";
import { useHydrated } from "@/components/ui/clock";
import { MaskedMark } from "@/components/ui/masked-mark";
import { PageLink } from "@/components/ui/page-link";
import { Skeleton } from "@/components/ui/skeleton";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount, formatDateTime, formatDay, type Zone } from "@/lib/format";
import type { SessionTimes, SessionStrip as Strip } from "@/lib/redis/sessions/find-schema";
import { sessionStripQuery } from "./queries";

/** Units of the drawing; its width is what there is. */
const WIDTH = 900;
const LINE = 12;
const MONTH_MS = 30 * 86_400_000;

/** When this person talked, session by session, over the last 90 days. */
export function SessionStrip({ userRef }: { userRef: string }) {
  const query = useQuery(sessionStripQuery(userRef));
  return (
    <Card>
      <CardHeader
        title="The last 90 days"
        icon={<ChartNoAxesGantt aria-hidden />}
        actions={query.data?.masked ? <MaskedMark /> : null}
      />
      <QueryState
        query={query}
        skeleton={<Waiting />}
        errorTitle="The times of the sessions could not be read"
        empty={{
          when: (strip) => strip.sessions.length === 0,
          show: (
            <p className="px-4 py-6 text-sm text-fg-muted">
              No session has a message of these days whose time could be read.
            </p>
          ),
        }}
      >
        {(strip) => <Lines strip={strip} userRef={userRef} />}
      </QueryState>
    </Card>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label="Loading the timeline" className="flex flex-col gap-2 px-4 py-3">
      {["w-full", "w-11/12", "w-3/4"].map((width) => (
        <Skeleton key={width} className={`h-4 ${width}`} />
      ))}
    </div>
  );
}

function Lines({ strip, userRef }: { strip: Strip; userRef: string }) {
  const zone = useHydrated() ? "local" : "utc";
  const span = strip.nowMs - strip.fromMs;
  const sampled = strip.sessions.some((session) => session.sampled);
  const left = strip.total - strip.sessions.length;
  return (
    <div className="flex flex-col gap-2 px-4 py-3">
      <ChartFrame title="Messages of each session" table={tableOf(strip, zone)}>
        <ul aria-label="Sessions over the last 90 days" className="flex flex-col">
          {strip.sessions.map((session) => (
            <li key={session.ref}>
              <PageLink
                href={`/users/${encodeURIComponent(userRef)}/sessions?session=${encodeURIComponent(session.ref)}`}
                ahead={false}
                aria-label={wordsFor(session, zone)}
                data-tip={wordsFor(session, zone)}
                className="-mx-2 grid grid-cols-[minmax(0,7rem)_minmax(0,1fr)] items-center gap-3 rounded-sm px-2 py-1 hover:bg-hover"
              >
                <span className="truncate font-mono text-2xs text-fg-muted">
                  <VisibleText inline text={session.label} />
                </span>
                <Ticks session={session} fromMs={strip.fromMs} span={span} />
              </PageLink>
            </li>
          ))}
        </ul>
        <div
          aria-hidden
          className="ml-auto flex w-[calc(100%-7.75rem)] justify-between text-2xs text-fg-subtle"
        >
          {[0, 1, 2].map((month) => (
            <span key={month}>{formatDay(strip.fromMs + month * MONTH_MS, zone)}</span>
          ))}
          <span>now</span>
        </div>
      </ChartFrame>
      {left > 0 || sampled || !strip.complete ? (
        <p className="text-xs text-fg-muted">
          {left > 0 || !strip.complete
            ? `${formatCount(strip.sessions.length)} of ${strip.complete ? "" : "at least "}${formatCount(strip.total)} sessions: the latest of those with times in these days${
                strip.looked < strip.total ? `, of ${formatCount(strip.looked)} that were looked at` : ""
              }. `
            : ""}
          {sampled ? "Of long sessions sixty messages are drawn, evenly over each." : ""}
        </p>
      ) : null}
    </div>
  );
}

function tableOf({ sessions }: Strip, zone: Zone) {
  return {
    columns: ["Session", "Messages", "First of these days", "Last"],
    rows: sessions.map(({ label, messages, timesMs }) => [
      label,
      formatCount(messages),
      formatDateTime(timesMs[0] ?? 0, zone),
      formatDateTime(timesMs.at(-1) ?? 0, zone),
    ]),
  };
}

type TicksProps = { session: SessionTimes; fromMs: number; span: number };

function Ticks({ session, fromMs, span }: TicksProps) {
  // Several messages of one minute are one stroke.
  const places = [
    ...new Set(session.timesMs.map((ms) => Math.min(WIDTH - 1, Math.round(((ms - fromMs) / span) * WIDTH)))),
  ];
  const first = places[0] ?? 0;
  const last = places.at(-1) ?? first;
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${WIDTH} ${LINE}`}
      preserveAspectRatio="none"
      className="h-3 w-full overflow-visible"
    >
      <line
        x1={0}
        x2={WIDTH}
        y1={LINE / 2}
        y2={LINE / 2}
        stroke="var(--line)"
        vectorEffect="non-scaling-stroke"
      />
      <line
        x1={first}
        x2={last}
        y1={LINE / 2}
        y2={LINE / 2}
        stroke="var(--accent)"
        strokeOpacity={0.4}
        strokeWidth={2}
        vectorEffect="non-scaling-stroke"
      />
      {places.map((x) => (
        <line
          key={x}
          x1={x}
          x2={x}
          y1={1}
          y2={LINE - 1}
          stroke="var(--accent)"
          strokeWidth={2}
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}

function wordsFor({ label, messages, timesMs }: SessionTimes, zone: Zone): string {
  const [first, last] = [formatDay(timesMs[0] ?? 0, zone), formatDay(timesMs.at(-1) ?? 0, zone)];
  const when = first === last ? first : `${first} to ${last}`;
  return `${label}: ${formatCount(messages)} ${messages === 1 ? "message" : "messages"}, ${when}`;
}

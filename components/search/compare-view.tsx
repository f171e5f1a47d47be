"use client";

import clsx from "clsx";
import { type QueryLike, QueryState } from "@/components/query/query-state";
import { Card, CardFooter } from "@/components/ui/card";
import { formatMs } from "@/lib/format";
import type { SearchHit, SearchResult } from "@/lib/redis/recall/types";
import { CompareRow, ROW_PX } from "./compare-row";
import { HitsSkeleton } from "./hits-skeleton";
import { changeOf, hitKey, type Movement, movementSummary, movementsOf } from "./movements";
import { Notices } from "./notices";
import { countWords } from "./words";

type Query = QueryLike<SearchResult> & { isPlaceholderData: boolean };
export type CompareViewProps = { first: Query; second: Query; everyone: boolean };

/** One question under two settings, side by side; lines lead from each memory's place to its other place. */
export function CompareView({ first, second, everyone }: CompareViewProps) {
  const [a, b] = [first.data, second.data];
  const movements = a && b ? movementsOf(a.hits, b.hits) : [];
  const old = first.isPlaceholderData || second.isPlaceholderData;
  return (
    <div className={clsx("flex min-w-0 flex-col gap-4", old && "opacity-60")}>
      {a && b ? (
        <p role="status" className="text-sm font-medium">
          {`Compared: ${movementSummary(movements)}`}
        </p>
      ) : null}
      <div className="grid min-w-0 gap-4 xl:grid-cols-[minmax(0,1fr)_72px_minmax(0,1fr)] xl:gap-0">
        <Column title="These settings" query={first} movements={movements} side="from" everyone={everyone} />
        {a && b ? <Lines movements={movements} rows={Math.max(a.hits.length, b.hits.length)} /> : <span />}
        <Column title="Compared with" query={second} movements={movements} side="to" everyone={everyone} />
      </div>
    </div>
  );
}

type ColumnProps = {
  title: string;
  query: Query;
  movements: Movement[];
  side: "from" | "to";
  everyone: boolean;
};

function Column({ title, query, movements, side, everyone }: ColumnProps) {
  const byKey = new Map(movements.map((movement) => [movement.key, movement]));
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Card className="overflow-clip" aria-label={title}>
        <QueryState query={query} errorTitle="The search failed" skeleton={<HitsSkeleton />}>
          {(data) => (
            <>
              {/* As high in both columns, whatever it says: the lines between them count on it. */}
              <div className="flex flex-col justify-center border-b px-3" style={{ height: HEADER_PX }}>
                <h2 className="text-base font-semibold">{title}</h2>
                <p className="truncate text-xs text-fg-muted" data-tip={described(data)}>
                  {described(data)}
                </p>
              </div>
              <ol>
                {data.hits.map((hit: SearchHit, at) => (
                  <CompareRow
                    key={hitKey(hit)}
                    hit={hit}
                    rank={at + 1}
                    showUser={everyone}
                    movement={movementShown(byKey.get(hitKey(hit)), side)}
                  />
                ))}
              </ol>
              {data.hits.length === 0 ? (
                <p className="px-4 py-6 text-sm text-fg-muted">No memory passes.</p>
              ) : null}
              <CardFooter>
                {countWords(data.hits.length)} ·{" "}
                {formatMs(data.timings.embedMs + data.timings.searchMs + data.timings.fetchMs)}
              </CardFooter>
            </>
          )}
        </QueryState>
      </Card>
      {query.data ? <Notices result={query.data} /> : null}
    </div>
  );
}

/** At the left only what goes is told, at the right what moved or came. */
function movementShown(movement: Movement | undefined, side: "from" | "to"): Movement | undefined {
  if (!movement || changeOf(movement) === "same") return undefined;
  return (changeOf(movement) === "gone") === (side === "from") ? movement : undefined;
}

function described({ settings, index, model }: SearchResult): string {
  const mode = { hybrid: "words and meaning", vector: "meaning", text: "words" }[settings.mode];
  return `${mode}, K ${settings.k}${index ? `, ${index.name}` : ""}${settings.mode === "text" ? "" : `, ${model}`}`;
}

const HEADER_PX = 56;

/** From each place at the left to the same memory's at the right. What it says stands in the rows as words. */
function Lines({ movements, rows }: { movements: Movement[]; rows: number }) {
  const height = rows * ROW_PX;
  const y = (place: number) => (place - 0.5) * ROW_PX;
  return (
    <svg
      aria-hidden
      viewBox={`0 0 72 ${height}`}
      preserveAspectRatio="none"
      className="hidden w-full xl:block"
      style={{ height, marginTop: HEADER_PX + 1 }}
    >
      {movements.flatMap((movement) =>
        movement.from !== null && movement.to !== null ? (
          <path
            key={movement.key}
            d={`M 2 ${y(movement.from)} C 36 ${y(movement.from)}, 36 ${y(movement.to)}, 70 ${y(movement.to)}`}
            fill="none"
            strokeWidth={changeOf(movement) === "same" ? 1 : 2}
            vectorEffect="non-scaling-stroke"
            stroke={LINE[changeOf(movement)]}
          />
        ) : (
          <circle
            key={movement.key}
            cx={movement.from === null ? 66 : 6}
            cy={y((movement.from ?? movement.to)!)}
            r={3}
            fill={LINE[changeOf(movement)]}
          />
        ),
      )}
    </svg>
  );
}

const LINE = {
  same: "var(--line-strong)",
  up: "var(--ok)",
  down: "var(--warn)",
  new: "var(--accent)",
  gone: "var(--fg-subtle)",
} as const;

"use client";

import { useQuery } from "@tanstack/react-query";
import { GitCompareArrows } from "lucide-react";
import { useState } from "react";
import { QueryState } from "@/components/query/query-state";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { formatDateTime } from "@/lib/format";
import type { Compared, Comparison, RunSummary, Side } from "@/lib/redis/evaluation/types";
import { comparisonQuery } from "./queries";
import { QuestionText } from "./question-text";
import { countQuestions, placesWords } from "./words";

export type CompareCardProps = { set: string; runs: RunSummary[] };

/** Runs further back are not compared with. */
const RUNS = 10;

/** Two settings question by question: of the last run, or of one before. */
export function CompareCard({ set, runs }: CompareCardProps) {
  const [last] = runs;
  const end = Math.max(0, last!.settings.length - 1);
  const [first, setFirst] = useState<Side>({ run: last!.id, setting: Math.max(0, end - 1) });
  const [second, setSecond] = useState<Side>({ run: last!.id, setting: end });
  const query = useQuery(comparisonQuery(set, first, second));
  return (
    <Card className="overflow-clip">
      <CardHeader icon={<GitCompareArrows aria-hidden />} title="Question by question" />
      <CardBody className="grid gap-3 sm:grid-cols-2">
        <SideField label="From" runs={runs} side={first} onChange={setFirst} />
        <SideField label="To" runs={runs} side={second} onChange={setSecond} />
      </CardBody>
      <QueryState
        query={query}
        skeleton={
          <CardBody>
            <Skeleton className="h-24 w-full" />
          </CardBody>
        }
        errorTitle="The two could not be compared"
      >
        {(comparison) => <Found comparison={comparison} />}
      </QueryState>
    </Card>
  );
}

type SideFieldProps = { label: string; runs: RunSummary[]; side: Side; onChange: (side: Side) => void };

function SideField({ label, runs, side, onChange }: SideFieldProps) {
  return (
    <Field label={label}>
      <Select
        value={`${side.run} ${side.setting}`}
        onChange={(event) => {
          const [run = "", setting = "0"] = event.target.value.split(" ");
          onChange({ run, setting: Number(setting) });
        }}
      >
        {runs.slice(0, RUNS).map((run, at) => (
          <optgroup key={run.id} label={at === 0 ? "Last run" : formatDateTime(run.atMs, "local")}>
            {run.settings.map(({ name }, setting) => (
              <option key={name} value={`${run.id} ${setting}`}>
                {name}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
    </Field>
  );
}

function Found({ comparison }: { comparison: Comparison }) {
  const { better, worse, same, left } = comparison;
  const rest = left > 0 ? ` ${countQuestions(left)} cannot be compared.` : "";
  return (
    <div className="flex flex-col border-t">
      <p role="status" className="px-4 py-2 text-sm text-fg-muted">
        {better.length} better, {worse.length} worse, {same} as before.{rest}
      </p>
      <Rows title="Better" tone="text-ok-fg" rows={better} />
      <Rows title="Worse" tone="text-danger-fg" rows={worse} />
    </div>
  );
}

function Rows({ title, tone, rows }: { title: string; tone: string; rows: Compared[] }) {
  if (rows.length === 0) return null;
  return (
    <section aria-label={title} className="border-t">
      <h3 className={`px-4 pt-2 text-xs font-semibold ${tone}`}>
        {title}: {rows.length}
      </h3>
      <ul className="max-h-80 overflow-y-auto pb-2">
        {rows.map(({ question, first, second }) => (
          <li
            key={question.id}
            className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 px-4 py-1.5 hover:bg-hover"
          >
            <QuestionText question={question} />
            <span className="text-xs whitespace-nowrap text-fg-muted">
              {placesWords(first)} → <span className="font-medium text-fg">{placesWords(second)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

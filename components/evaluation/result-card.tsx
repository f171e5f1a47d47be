"use client";

import { Target } from "lucide-react";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import { formatMs } from "@/lib/format";
import type { Estimate } from "@/lib/redis/evaluation/statistics";
import type { RunSummary, SettingResult } from "@/lib/redis/evaluation/types";
import { countQuestions, differenceWords, figure, interval, settingsWords } from "./words";

/** What a run came to: each setting's figures with their intervals, and what the differences are worth. */
export function ResultCard({ run }: { run: RunSummary }) {
  const best = Math.max(...run.settings.map(({ recall }) => recall[5].mean));
  return (
    <Card className="overflow-clip">
      <CardHeader
        icon={<Target aria-hidden />}
        title="Last run"
        description={
          <>
            {countQuestions(run.questions)}, <TimeAgo ms={run.atMs} />, by {run.by}
          </>
        }
      />
      <Table caption="Recall of each setting">
        <THead>
          <TR>
            <TH>Setting</TH>
            <TH align="right">recall@1</TH>
            <TH align="right">recall@5</TH>
            <TH align="right">recall@10</TH>
            <TH align="right">MRR</TH>
            <TH align="right">Half within</TH>
          </TR>
        </THead>
        <TBody>
          {run.settings.map((setting) => (
            <Row key={setting.name} setting={setting} isBest={setting.recall[5].mean === best} />
          ))}
        </TBody>
      </Table>
      <CardBody className="flex flex-col gap-3 border-t">
        {run.differences.length > 0 ? (
          <ul className="flex list-disc flex-col gap-1 pl-5 text-sm text-fg-muted">
            {run.differences.map((difference) => (
              <li key={`${difference.first} ${difference.second}`}>
                {differenceWords(difference, run.settings)}
              </li>
            ))}
          </ul>
        ) : null}
        <p className="text-xs text-fg-muted">
          recall@5 is the share of the expected memories among the first five; MRR the mean of 1 over the
          place of the first of them. Ranges hold 95 % of what drawing the questions again gives.
        </p>
        <Doubts run={run} />
      </CardBody>
    </Card>
  );
}

function Row({ setting, isBest }: { setting: SettingResult; isBest: boolean }) {
  const { name, settings, recall, mrr, medianMs } = setting;
  return (
    <TR>
      <TD>
        <span className="flex min-w-0 flex-col py-1">
          <span className={isBest ? "font-semibold" : "font-medium"}>
            {name}
            {isBest ? <span className="ml-1.5 text-xs font-medium text-ok-fg">best</span> : null}
          </span>
          <span className="text-xs text-fg-muted">{settingsWords(settings)}</span>
        </span>
      </TD>
      <Figure label="recall@1" value={recall[1]} />
      <Figure label="recall@5" value={recall[5]} />
      <Figure label="recall@10" value={recall[10]} />
      <Figure label="MRR" value={mrr} />
      <TD align="right" label="Half within">
        {formatMs(medianMs)}
      </TD>
    </TR>
  );
}

function Figure({ label, value }: { label: string; value: Estimate }) {
  return (
    <TD align="right" label={label}>
      <span className="flex flex-col items-end">
        <span className="font-medium">{figure(value.mean)}</span>
        <span className="text-2xs whitespace-nowrap text-fg-muted">{interval(value)}</span>
      </span>
    </TD>
  );
}

function Doubts({ run }: { run: RunSummary }) {
  const partial = run.settings.filter((setting) => setting.partial > 0);
  if (run.missing === 0 && partial.length === 0 && run.questions >= 30) return null;
  return (
    <Callout tone="warn" title="What these figures leave out">
      <ul className="flex list-disc flex-col gap-1 pl-5">
        {run.missing > 0 ? (
          <li>{run.missing} expected memories were gone: no setting could find them.</li>
        ) : null}
        {partial.map(({ name, partial: count, settings }) => (
          <li key={name}>
            {name}: in {countQuestions(count)} {settings.mode === "hybrid" ? "one of the lists" : "the list"}{" "}
            did not run, because no word was left or the text could not be embedded for this index.
          </li>
        ))}
        {run.questions < 30 ? <li>So few questions tell little: the ranges say how little.</li> : null}
      </ul>
    </Callout>
  );
}

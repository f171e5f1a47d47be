"use client";

import { RotateCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Bytes } from "@/components/ui/bytes";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { Count } from "@/components/ui/count";
import { MaskedMark } from "@/components/ui/masked-mark";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount, formatMs } from "@/lib/format";
import type { ClassHolding, ErasurePreview } from "@/lib/redis/erasure/schema";
import { ClassLabel } from "./class-label";

type Props = { preview: ErasurePreview; onCheck: () => void; checking: boolean };

export function HoldingsCard({ preview, onCheck, checking }: Props) {
  const { holdings, keys, sizeBytes, complete, weighedKeys } = preview;
  const someUnweighed = !complete || weighedKeys < keys;
  return (
    <Card aria-labelledby="held">
      <CardHeader
        id="held"
        title="What Redis holds of this person"
        description={<CheckedAt preview={preview} />}
        actions={
          <>
            {preview.masked ? <MaskedMark tip="Names are hidden, sizes are rounded up" /> : null}
            <Button size="sm" icon={<RotateCw />} onClick={onCheck} pending={checking}>
              Check again
            </Button>
          </>
        }
      />
      <Table caption="What Redis holds of this person, by class">
        <THead>
          <TR>
            <TH>Class</TH>
            <TH align="right">Keys</TH>
            <TH align="right">Size</TH>
            <TH>Life</TH>
            <TH className="w-[45%]">For example</TH>
          </TR>
        </THead>
        <TBody>
          {holdings.map((holding) => (
            <Row key={holding.class} holding={holding} atLeast={!complete} />
          ))}
        </TBody>
      </Table>
      <CardFooter>
        <span>
          <Count value={keys} atLeast={!complete} className="font-medium text-fg" />{" "}
          {keys === 1 ? "key" : "keys"} in all
          {sizeBytes === null ? null : (
            <>
              , {someUnweighed ? "at least " : ""}
              <Bytes value={sizeBytes} approx />
            </>
          )}
          .
        </span>
        <span>{indexSentence(preview)}</span>
      </CardFooter>
    </Card>
  );
}

export function CheckedAt({ preview }: { preview: ErasurePreview }) {
  return (
    <>
      Checked <TimeAgo ms={preview.checkedAtMs} /> by walking the whole keyspace ({formatMs(preview.tookMs)})
    </>
  );
}

function indexSentence({ indexedDocuments, indexedComplete }: ErasurePreview): string {
  if (indexedDocuments === null || (indexedDocuments === 0 && !indexedComplete))
    return "No index could be asked about this person.";
  const documents = indexedDocuments === 1 ? "document" : "documents";
  return `Indexes know ${indexedComplete ? "" : "at least "}${formatCount(indexedDocuments)} ${documents} of this person.`;
}

function Row({ holding, atLeast }: { holding: ClassHolding; atLeast: boolean }) {
  const { keys, sizeBytes, samples, withoutUserId } = holding;
  return (
    <TR>
      <TD>
        <ClassLabel class={holding.class} />
      </TD>
      <TD align="right" label={holding.class === "console" ? "Entries" : "Keys"}>
        <Count value={keys} atLeast={atLeast} />
      </TD>
      <TD align="right" label="Size">
        {sizeBytes === null ? "–" : <Bytes value={sizeBytes} approx />}
      </TD>
      <TD label="Life" className="text-fg-muted">
        {lifeText(holding)}
      </TD>
      <TD className="py-1.5">
        <ul className="min-w-0 flex-1 font-mono text-xs text-fg-muted">
          {samples.slice(0, 2).map((sample) => (
            <li key={sample.display} className="break-all">
              <VisibleText inline text={sample.display.slice(0, 200)} />
            </li>
          ))}
          {keys > 2 && samples.length > 0 ? (
            <li className="font-sans text-fg-subtle">and {formatCount(keys - 2)} more</li>
          ) : null}
          {holding.class === "console" ? (
            <li className="font-sans">limits set for this person here, and recall questions about them</li>
          ) : null}
          {withoutUserId > 0 ? (
            <li className="font-sans text-warn-fg">
              {formatCount(withoutUserId)} without user_id: owned by name alone
            </li>
          ) : null}
        </ul>
      </TD>
    </TR>
  );
}

function lifeText({ class: name, keys, withLife, withoutLife }: ClassHolding): string {
  if (name === "console") return "kept";
  if (name === "rate-limits" && withLife === 0) return "each counter has its own";
  if (withLife === 0 && withoutLife === keys) return keys === 1 ? "never expires" : "never expire";
  if (withLife === keys) return keys === 1 ? "expires" : "all expire";
  return `${formatCount(withLife)} of ${formatCount(keys)} expire`;
}

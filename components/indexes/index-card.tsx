import { CircleCheck } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Mono } from "@/components/ui/code";
import type { IndexDto, IndexesState } from "@/lib/redis/indexes/types";
import { CardActions } from "./card-actions";
import { Failures } from "./failures";
import { FieldsTable } from "./fields-table";
import { IndexFacts } from "./index-facts";
import { IndexModel } from "./index-model";
import { IndexWarnings } from "./index-warnings";
import { RebuildProgress } from "./rebuild-progress";
import { UsesLine } from "./uses-line";

export type IndexCardProps = { index: IndexDto; state: IndexesState; canEdit: boolean };

export function IndexCard({ index, state, canEdit }: IndexCardProps) {
  const title = `index-${index.name}`;
  return (
    <Card className="overflow-clip" aria-labelledby={title}>
      <CardHeader
        id={title}
        title={<Mono className="text-base">{index.name}</Mono>}
        description={
          state.active?.name === index.name ? (
            <Badge tone="ok" icon={<CircleCheck />}>
              in use
            </Badge>
          ) : undefined
        }
        actions={<CardActions index={index} state={state} canEdit={canEdit} />}
      />
      <RebuildProgress index={index} state={state} canEdit={canEdit} />
      <IndexFacts index={index} />
      <UsesLine index={index} state={state} />
      {index.coverage === "none" ? null : (
        <IndexModel index={index} models={state.models} canEdit={canEdit} />
      )}
      <IndexWarnings index={index} />
      <FieldsTable index={index} />
      <Failures index={index} />
      <CardBody className="border-t py-3">
        <Definition index={index} />
      </CardBody>
      {index.filter ? (
        <CardFooter>
          Only documents that pass the filter <Mono>{index.filter}</Mono>
        </CardFooter>
      ) : null}
    </Card>
  );
}

function Definition({ index }: { index: IndexDto }) {
  const rows: [string, string][] = [
    ["Over", index.keyType === "HASH" ? "hashes" : index.keyType],
    [index.prefixes.length === 1 ? "Prefix" : "Prefixes", index.prefixes.join("  ") || "every key"],
    ["Stop-words", stopWordsText(index.stopWords)],
    ...(index.options.length > 0 ? [["Options", index.options.join(" ")] as [string, string]] : []),
  ];
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-1 text-xs">
      {rows.map(([name, value]) => (
        <div key={name} className="flex gap-2">
          <dt className="text-fg-muted">{name}</dt>
          <dd className="font-mono">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function stopWordsText(words: string[] | null): string {
  if (words === null) return "the engine's 33";
  return words.length === 0 ? "none" : words.join(", ");
}

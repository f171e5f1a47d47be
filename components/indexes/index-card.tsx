import { CircleCheck } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Mono } from "@/components/ui/code";
import type { IndexDto, IndexesState } from "@/lib/redis/indexes/types";
import { AdoptButton } from "./adopt-button";
import { Failures } from "./failures";
import { FieldsTable } from "./fields-table";
import { IndexFacts } from "./index-facts";
import { IndexWarnings } from "./index-warnings";

export type IndexCardProps = { index: IndexDto; state: IndexesState; canEdit: boolean };

const CHOSEN = {
  adopted: "in use: adopted here",
  configured: "in use: named by MEMORY_INDEX",
  only: "in use: the only one over people's keys",
};

export function IndexCard({ index, state, canEdit }: IndexCardProps) {
  const used = state.active?.name === index.name ? state.active : null;
  const adoptable = index.keyType === "HASH" && index.coverage !== "none";
  return (
    <Card className="overflow-clip">
      <CardHeader
        title={<Mono className="text-base">{index.name}</Mono>}
        description={
          used ? (
            <Badge tone="ok" icon={<CircleCheck />}>
              {CHOSEN[used.chosenBy]}
            </Badge>
          ) : undefined
        }
        actions={
          canEdit ? (
            used?.chosenBy === "adopted" ? (
              <AdoptButton name={null} label="Give it up" />
            ) : used || !adoptable ? null : (
              <AdoptButton name={index.name} label="Use this one" />
            )
          ) : null
        }
      />
      <IndexFacts index={index} />
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

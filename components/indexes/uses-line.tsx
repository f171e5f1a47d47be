import { CircleCheck, Link2 } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { IndexDto, IndexesState } from "@/lib/redis/indexes/types";

const CONFIGURED = { name: "named by MEMORY_INDEX", alias: "MEMORY_INDEX is an alias of it" };

/** Who asks for this index, as far as Redis lets it be known. */
export function UsesLine({ index, state }: { index: IndexDto; state: IndexesState }) {
  const { adopted, configured, aliases } = index.uses;
  const isActive = state.active?.name === index.name;
  const unknown = state.aliasesListed
    ? "Who searches by its own name, Redis does not tell."
    : "This Redis cannot list aliases (search 8.10 and later can): known are those that this console made or is configured with. Who searches by a name, Redis does not tell.";
  return (
    <div className="flex flex-wrap items-center gap-2 border-b px-4 py-3 text-sm">
      <span className="text-fg-muted">Used by</span>
      {isActive ? (
        <Badge tone="ok" icon={<CircleCheck />}>
          this console
        </Badge>
      ) : null}
      {adopted ? <Badge>adopted here</Badge> : null}
      {configured ? <Badge>{CONFIGURED[configured]}</Badge> : null}
      {state.active?.chosenBy === "only" && isActive ? <Badge>the only one over people's keys</Badge> : null}
      {aliases.map((alias) => (
        <Badge key={alias} icon={<Link2 />} className="font-mono">
          {alias}
        </Badge>
      ))}
      <span className="text-xs text-fg-muted">
        {isActive || adopted || configured || aliases.length > 0
          ? unknown
          : `Nobody that is known. ${unknown}`}
      </span>
    </div>
  );
}

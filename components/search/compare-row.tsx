import { ArrowDown, ArrowUp, Equal, Minus, Plus } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { MaskedText } from "@/components/ui/masked-text";
import { TextLink } from "@/components/ui/text-link";
import type { Tone } from "@/components/ui/tones";
import { VisibleText } from "@/components/ui/visible-text";
import { formatDistance } from "@/lib/format";
import type { SearchHit } from "@/lib/redis/recall/types";
import { type Change, changeOf, changeWords, type Movement } from "./movements";

/** Every row is as high, so that lines can lead from one list to the other. */
export const ROW_PX = 64;

const LOOK: Record<Change, { tone: Tone; icon: typeof Plus }> = {
  same: { tone: "neutral", icon: Equal },
  up: { tone: "ok", icon: ArrowUp },
  down: { tone: "warn", icon: ArrowDown },
  new: { tone: "accent", icon: Plus },
  gone: { tone: "neutral", icon: Minus },
};

export type CompareRowProps = {
  hit: SearchHit;
  rank: number;
  showUser: boolean;
  /** undefined: nothing is told of it here. */
  movement: Movement | undefined;
};

export function CompareRow({ hit, rank, showUser, movement }: CompareRowProps) {
  const change = movement ? changeOf(movement) : null;
  const Icon = change ? LOOK[change].icon : null;
  return (
    <li
      className="flex items-center gap-3 border-b px-3 last:border-0"
      // Borders are inside: box-sizing.
      style={{ height: ROW_PX }}
    >
      <span className="w-5 shrink-0 text-right text-base font-semibold text-fg-subtle">{rank}</span>
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <TextLink
          href={`/users/${hit.userRef}/memories?memory=${hit.memoryRef}`}
          className="truncate text-fg"
        >
          {hit.content === "" ? (
            "no text"
          ) : hit.masked ? (
            <MaskedText text={hit.content.slice(0, 160)} />
          ) : (
            <VisibleText text={hit.content} inline limit={160} marks={hit.matches} />
          )}
        </TextLink>
        <span className="flex gap-x-2 overflow-hidden text-xs whitespace-nowrap text-fg-muted">
          {showUser ? <VisibleText text={hit.userLabel} inline limit={30} /> : null}
          <span>meaning {hit.vectorRank === null ? "–" : `#${hit.vectorRank}`}</span>
          <span>words {hit.textRank === null ? "–" : `#${hit.textRank}`}</span>
          {hit.distance === null ? null : <span>distance {formatDistance(hit.distance)}</span>}
          {hit.score === null ? null : <span>score {hit.score.toFixed(4)}</span>}
        </span>
      </div>
      {movement && change && Icon ? (
        <Badge tone={LOOK[change].tone} icon={<Icon aria-hidden />}>
          {changeWords(movement)}
        </Badge>
      ) : null}
    </li>
  );
}

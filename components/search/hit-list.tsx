import type { CSSProperties } from "react";
import { DATA_CLASSES } from "@/components/data-class/data-class";
import { MaskedText } from "@/components/ui/masked-text";
import { PageLink } from "@/components/ui/page-link";
import { Meter } from "@/components/ui/progress";
import { Segments } from "@/components/ui/segments";
import { StackedBar } from "@/components/ui/stacked-bar";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import { VisibleText } from "@/components/ui/visible-text";
import { formatDistance } from "@/lib/format";
import type { ScoreTerms } from "@/lib/redis/recall/fuse";
import type { SearchHit } from "@/lib/redis/recall/types";

export type HitListProps = { hits: SearchHit[]; showUser: boolean };

/** What of a content a row has room for. */
const SHOWN_CHARS = 400;

/** Ranked memories, each with why it stands where it stands. */
export function HitList({ hits, showUser }: HitListProps) {
  const best = Math.max(0, ...hits.map(({ score }) => score ?? 0));
  return (
    <ol data-list>
      {hits.map((hit, at) => (
        <Hit
          key={`${hit.userRef} ${hit.memoryRef}`}
          hit={hit}
          rank={at + 1}
          showUser={showUser}
          best={best}
        />
      ))}
    </ol>
  );
}

type HitProps = {
  hit: SearchHit;
  rank: number;
  showUser: boolean;
  /** The list's highest score. */
  best: number;
};

function Hit({ hit, rank, showUser, best }: HitProps) {
  const { icon: Icon, color, textColor } = DATA_CLASSES.memories;
  return (
    <li
      data-list-item
      className="relative flex flex-wrap items-start gap-x-4 gap-y-2 border-b px-4 py-3 transition-colors duration-100 last:border-0 hover:bg-hover sm:flex-nowrap"
    >
      <span className="w-6 shrink-0 pt-px text-right text-base font-semibold text-fg-subtle">{rank}</span>
      <div className="flex min-w-0 flex-1 basis-60 flex-col gap-1.5">
        <PageLink
          href={`/users/${hit.userRef}/memories?memory=${hit.memoryRef}`}
          ahead={false}
          className="line-clamp-3 text-base after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {hit.content === "" ? (
            <span className="text-fg-subtle italic">
              {hit.contentCut ? "too long to show here" : "no text"}
            </span>
          ) : hit.masked ? (
            <MaskedText text={hit.content.slice(0, SHOWN_CHARS)} />
          ) : (
            <VisibleText
              text={hit.content}
              inline
              limit={SHOWN_CHARS}
              marks={hit.matches}
              className="!whitespace-normal"
            />
          )}
        </PageLink>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-fg-muted">
          {showUser ? (
            <TextLink href={`/users/${hit.userRef}`} className="relative max-w-48 truncate font-mono">
              <VisibleText text={hit.userLabel} inline limit={60} />
            </TextLink>
          ) : null}
          <span
            className="bg-tint inline-flex h-5 max-w-56 min-w-0 items-center gap-1 rounded-sm px-1.5 font-medium"
            style={{ "--c": color, color: textColor } as CSSProperties}
          >
            <Icon aria-hidden className="size-3 shrink-0" />
            <VisibleText text={hit.category} inline limit={60} />
          </span>
          {hit.importance === null ? (
            <span>{hit.masked ? "importance none or odd" : "no importance"}</span>
          ) : (
            <Importance value={hit.importance} color={color} />
          )}
          <TimeAgo
            ms={hit.timestamp === null ? null : hit.timestamp * 1000}
            none={hit.masked ? "time none or odd" : "no time"}
            className="relative"
          />
        </div>
      </div>
      <Scores hit={hit} best={best} />
    </li>
  );
}

function Importance({ value, color }: { value: number; color: string }) {
  const usual = Number.isInteger(value) && value >= 1 && value <= 10;
  return usual ? (
    <Segments value={value} label="Importance" color={color} />
  ) : (
    <span>importance {value}</span>
  );
}

function Scores({ hit, best }: { hit: SearchHit; best: number }) {
  const { similarity, distance, textRank, vectorRank, textScore, fusedScore, terms, score } = hit;
  return (
    <dl className="grid w-full shrink-0 grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 pl-10 text-xs sm:w-52 sm:pl-0">
      <dt className="text-fg-muted">{similarity === null ? "Distance" : "Similarity"}</dt>
      <dd className="flex items-center justify-end gap-2">
        {similarity === null ? (
          <span>{distance === null ? "–" : formatDistance(distance)}</span>
        ) : (
          <>
            <Meter value={similarity} max={1} tone="accent" className="w-16" />
            <span className="font-medium">{formatDistance(similarity)}</span>
            <span className="relative text-fg-muted" data-tip="Distance, as Redis answers it">
              {formatDistance(distance!)}
            </span>
          </>
        )}
      </dd>
      <dt className="text-fg-muted">Ranks</dt>
      <dd className="flex items-center justify-end gap-2">
        <Rank name="meaning" rank={vectorRank} />
        <Rank
          name="words"
          rank={textRank}
          tip={textScore === null ? undefined : `Word score ${textScore.toFixed(3)}`}
        />
      </dd>
      {terms === null || score === null ? null : (
        <Terms terms={terms} score={score} fused={fusedScore} best={best} />
      )}
    </dl>
  );
}

const TERMS: { name: keyof ScoreTerms; label: string; color: string }[] = [
  { name: "textTerm", label: "words", color: "var(--class-index)" },
  { name: "vectorTerm", label: "meaning", color: "var(--accent)" },
  { name: "recencyTerm", label: "recency", color: "var(--class-rate-limits)" },
  { name: "importanceTerm", label: "importance", color: "var(--class-memories)" },
];

type TermsProps = { terms: ScoreTerms; score: number; fused: number | null; best: number };

/** The sum that the list is sorted by, and what it is made of. */
function Terms({ terms, score, fused, best }: TermsProps) {
  const boosted = terms.recencyTerm > 0 || terms.importanceTerm > 0;
  const parts = TERMS.filter(({ name }) => terms[name] > 0);
  return (
    <>
      {fused !== null && boosted ? (
        <>
          <dt className="text-fg-muted">Fused score</dt>
          <dd className="text-right">{fused.toFixed(4)}</dd>
        </>
      ) : null}
      <dt className="text-fg-muted">{fused !== null && !boosted ? "Fused score" : "Score"}</dt>
      <dd className="text-right font-medium">{score.toFixed(4)}</dd>
      <dd className="relative col-span-2">
        <StackedBar
          label="What the score is made of"
          labels={false}
          parts={parts.map(({ name, label, color }) => ({
            label,
            // As long as its share of the best score: parts that add up to less than 1 leave the rest of the bar empty.
            value: best > 0 ? terms[name] / best : 0,
            color,
            valueText: terms[name].toFixed(4),
          }))}
        />
        <span className="mt-1 flex flex-wrap justify-end gap-x-2 text-fg-muted">
          {parts.map(({ name, label }) => (
            <span key={name} className="whitespace-nowrap">
              {label} {terms[name].toFixed(4)}
            </span>
          ))}
        </span>
      </dd>
    </>
  );
}

function Rank({ name, rank, tip }: { name: string; rank: number | null; tip?: string }) {
  return (
    <span className={rank === null ? "text-fg-subtle" : "relative"} data-tip={tip}>
      {name} {rank === null ? "–" : `#${rank}`}
    </span>
  );
}

import { CircleCheck, ShieldQuestionMark, TriangleAlert, Unplug } from "lucide-react";
import type { ReactNode } from "react";
import { Card, CardHeader } from "@/components/ui/card";
import { Count } from "@/components/ui/count";
import { PageLink } from "@/components/ui/page-link";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { AttentionDto, FoundKeyDto, Overview } from "@/lib/redis/usage/schema";

const SHOWN = 4;

const DISPUTES: Record<Overview["attention"]["disputed"]["items"][number]["reason"], string> = {
  "outside-grammar": "unknown name",
  "wrong-type": "wrong type",
  "other-owner": "names somebody else",
  "other-form": "other form",
};

export type NeedsAttentionProps = { attention: Overview["attention"]; partial: boolean };

/** What somebody should look at, each with the way to its cure. */
export function NeedsAttention({ attention, partial }: NeedsAttentionProps) {
  const { stuck, vectors, disputed } = attention;
  const nothing = stuck.count + vectors.count + disputed.count === 0;
  return (
    <Card>
      <CardHeader title="Needs attention" />
      {nothing ? (
        <p className="flex items-center gap-2 px-4 py-3 text-sm text-fg-muted">
          <CircleCheck aria-hidden className="size-4 text-ok-fg" />
          {partial
            ? "Nothing so far; the scan goes on."
            : "Nothing: no stuck counter, no memory out of reach."}
        </p>
      ) : (
        <ul>
          <Matter
            icon={<TriangleAlert aria-hidden className="text-warn-fg" />}
            title="Stuck counters"
            why="Counters that lost their life: they never start again from 0, and block in the end."
            list={stuck}
            tab="limits"
            detail={(item) => item.field}
            partial={partial}
          />
          <Matter
            icon={<Unplug aria-hidden className="text-warn-fg" />}
            title="Memories no semantic search finds"
            why={vectorRule(vectors.expectedBytes)}
            list={vectors}
            tab="memories"
            detail={(item) =>
              item.vectorBytes === 0 ? "no vector" : `${formatCount(item.vectorBytes)} bytes`
            }
            partial={partial}
          />
          <Matter
            icon={<ShieldQuestionMark aria-hidden className="text-class-disputed-fg" />}
            title="Disputed keys"
            why="Keys under somebody's name whose owner is in doubt. No erasure takes them silently."
            list={disputed}
            tab="storage"
            detail={(item) => DISPUTES[item.reason]}
            partial={partial}
          />
        </ul>
      )}
    </Card>
  );
}

function vectorRule(expectedBytes: number[]): string {
  if (expectedBytes.length === 0) return "They have no vector, or one that cannot be made of 4-byte numbers.";
  const lengths = expectedBytes.map((bytes) => formatCount(bytes)).join(" or ");
  return `They have no vector, or one of another length than the index takes (${lengths} bytes).`;
}

type MatterProps<Item extends FoundKeyDto> = {
  icon: ReactNode;
  title: string;
  why: string;
  list: AttentionDto<Item>;
  /** Where on the person's pages it is seen and cured. */
  tab: string;
  detail: (item: Item) => string;
  partial: boolean;
};

function Matter<Item extends FoundKeyDto>(props: MatterProps<Item>) {
  const { icon, title, why, list, tab, detail, partial } = props;
  if (list.count === 0) return null;
  const shown = list.items.slice(0, SHOWN);
  const more = list.count - shown.reduce((sum, { alike }) => sum + 1 + alike, 0);
  return (
    <li className="flex gap-3 border-b px-4 py-3 last:border-b-0">
      <span className="mt-0.5 shrink-0 [&_svg]:size-4">{icon}</span>
      <div className="min-w-0 flex-1">
        <p className="text-sm font-medium">
          {title} <Count value={list.count} atLeast={partial} className="ml-1 text-fg-muted" />
        </p>
        <p className="text-xs text-fg-muted">{why}</p>
        <ul className="mt-1.5 flex flex-wrap gap-1.5">
          {shown.map((item) => (
            <li key={item.label} className="max-w-full">
              <Item item={item} tab={tab} detail={detail(item)} />
            </li>
          ))}
          {more > 0 ? (
            <li className="flex h-6 items-center text-xs text-fg-muted">and {formatCount(more)} more</li>
          ) : null}
        </ul>
      </div>
    </li>
  );
}

type ItemProps = { item: FoundKeyDto & { alike: number }; tab: string; detail: string };

function Item({ item, tab, detail }: ItemProps) {
  const look = "inline-flex h-6 max-w-full items-center gap-1.5 rounded-sm border px-2 text-xs";
  const body = (
    <>
      <VisibleText inline limit={60} text={item.userLabel ?? item.label} className="min-w-0 font-mono" />
      <span className="shrink-0 text-fg-muted">
        {detail}
        {item.alike > 0 ? ` × ${formatCount(item.alike + 1)}` : ""}
      </span>
    </>
  );
  if (!item.userRef) return <span className={look}>{body}</span>;
  return (
    <PageLink
      href={`/users/${item.userRef}/${tab}`}
      data-tip={item.label.slice(0, 300)}
      className={`${look} hover:border-line-strong hover:bg-hover`}
    >
      {body}
    </PageLink>
  );
}

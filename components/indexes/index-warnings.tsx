import { Callout } from "@/components/ui/callout";
import { TimeAgo } from "@/components/ui/time-ago";
import { formatCount } from "@/lib/format";
import type { IndexDto } from "@/lib/redis/indexes/types";

/** What is risky in how the index was made. */
export function IndexWarnings({ index }: { index: IndexDto }) {
  const warnings: { title: string; body: string }[] = [];
  if (index.coverage === "none") {
    warnings.push({
      title: "It looks at none of the keys of people",
      body: "Its prefixes lie elsewhere, so it cannot be used for their memories.",
    });
  }
  if (index.coverage === "some") {
    warnings.push({
      title: "It looks at some people only",
      body: "Its prefixes begin with the prefix of people's keys and go on: whoever lies outside is never found.",
    });
  }
  if (index.mixesIds && index.coverage !== "none") {
    warnings.push({
      title: "It takes some people for one another",
      body: "Ids are folded to lower case and split at the separator: Alice is found under alice. The console checks every hit; an assistant may not. The safer form keeps them apart.",
    });
  }
  const { foreignHits } = index;
  if (warnings.length === 0 && !foreignHits) return null;
  return (
    <div className="flex flex-col gap-2 border-b p-4">
      {foreignHits ? (
        <Callout
          tone="warn"
          title={`It gave ${formatCount(foreignHits.count)} ${foreignHits.count === 1 ? "hit" : "hits"} of other people under somebody's id`}
        >
          The console compares the owner of every hit and held them back, the last one{" "}
          <TimeAgo ms={foreignHits.lastAtMs} />. An assistant that does not compare shows one person another's
          memories. Build it anew in the safer form.
        </Callout>
      ) : null}
      {warnings.map(({ title, body }) => (
        <Callout key={title} tone="warn" title={title}>
          {body}
        </Callout>
      ))}
    </div>
  );
}

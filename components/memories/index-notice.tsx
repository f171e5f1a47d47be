import { ShieldQuestionMark } from "lucide-react";
import { Callout } from "@/components/ui/callout";
import { TextLink } from "@/components/ui/text-link";
import { formatCount } from "@/lib/format";
import type { MemoryList } from "@/lib/redis/memories/types";

/** What is true of all cards at once: no index to be in, and keys whose owner is in doubt. */
export function IndexNotice({ list, userRef }: { list: MemoryList; userRef: string }) {
  const { index, disputed } = list;
  return (
    <>
      {index.state === "no_engine" ? (
        <Callout tone="info" title="This Redis has no Query Engine">
          No memory is indexed. Search compares all of this person's memories one by one instead; with Redis 8
          and its Query Engine it would use an index.
        </Callout>
      ) : null}
      {index.state === "no_index" ? (
        <Callout
          tone="info"
          title="There is no memory index in use"
          action={<TextLink href="/index">Index</TextLink>}
        >
          No memory is indexed until one is created or adopted.
        </Callout>
      ) : null}
      {index.state === "building" ? (
        <Callout tone="info" title={`The index ${index.name} is being built`}>
          What it does not hold yet is marked as unknown.
        </Callout>
      ) : null}
      {disputed > 0 ? (
        <Callout
          tone="warn"
          icon={<ShieldQuestionMark aria-hidden />}
          title={
            disputed === 1
              ? "1 key looks like a memory, but its owner is in doubt"
              : `${formatCount(disputed)} keys look like memories, but their owner is in doubt`
          }
          action={<TextLink href={`/users/${userRef}/privacy`}>Privacy</TextLink>}
        >
          A key like that names another person inside, or is no hash. It is not listed here.
        </Callout>
      ) : null}
    </>
  );
}

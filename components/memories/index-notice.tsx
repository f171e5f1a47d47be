import { Callout } from "@/components/ui/callout";
import { TextLink } from "@/components/ui/text-link";
import type { MemoryIndex } from "@/lib/redis/memories/types";

/** What is true of all cards at once: there is no index for them to be in, or it is not finished. */
export function IndexNotice({ index }: { index: MemoryIndex }) {
  if (index.state === "no_engine") {
    return (
      <Callout tone="info" title="This Redis has no Query Engine">
        No memory is indexed. Search compares all of this person's memories one by one instead; Redis 8 with
        its Query Engine would use an index.
      </Callout>
    );
  }
  if (index.state === "no_index") {
    return (
      <Callout
        tone="info"
        title="There is no memory index in use"
        action={<TextLink href="/indexes">Index</TextLink>}
      >
        No memory is indexed until one is created or adopted.
      </Callout>
    );
  }
  if (index.state === "building") {
    return (
      <Callout tone="info" title={`The index ${index.name} is being built`}>
        What it does not hold yet is marked as unknown.
      </Callout>
    );
  }
  return null;
}

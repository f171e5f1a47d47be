import { Callout } from "@/components/ui/callout";
import { TextLink } from "@/components/ui/text-link";
import type { Tone } from "@/components/ui/tones";
import { formatCount, formatPercent } from "@/lib/format";
import type { SearchNotice, SearchResult } from "@/lib/redis/recall/types";

interface Told {
  tone: Tone;
  title: string;
  body?: string;
  link?: { href: string; label: string };
}

/** What a reader must know before trusting the list: what did not run, what is missing, what was held back. */
export function Notices({ result }: { result: SearchResult }) {
  const told = [...ofResult(result), ...result.notices.flatMap((notice) => ofNotice(notice, result) ?? [])];
  if (told.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      {told.map(({ tone, title, body, link }) => (
        <Callout
          key={title}
          tone={tone}
          title={title}
          action={link ? <TextLink href={link.href}>{link.label}</TextLink> : undefined}
        >
          {body}
        </Callout>
      ))}
    </div>
  );
}

const INDEX_LINK = { href: "/indexes", label: "Index" };

function ofResult(result: SearchResult): Told[] {
  const told: Told[] = [];
  if (result.incomplete) {
    told.push({
      tone: "warn",
      title: `Incomplete: the index is ${formatPercent(result.percentIndexed)} built`,
      body: "Memories that it has not reached yet are missing here. Search again in a moment.",
      link: INDEX_LINK,
    });
  }
  if (result.foreignHits > 0) {
    const one = result.foreignHits === 1;
    told.push({
      tone: "warn",
      title: `${formatCount(result.foreignHits)} ${one ? "hit belongs" : "hits belong"} to somebody else and ${one ? "is" : "are"} not shown`,
      body: "The index folds ids to lower case or splits them at commas, so an assistant that trusts it mixes people up.",
      link: INDEX_LINK,
    });
  }
  if (result.disputedHits > 0) {
    told.push({
      tone: "warn",
      title: `${formatCount(result.disputedHits)} ${result.disputedHits === 1 ? "hit is" : "hits are"} held back: the owner is in doubt`,
      body: "The key names one person and the memory's user_id another.",
    });
  }
  if (result.basisReason) told.push(SCAN[result.basisReason]);
  return told;
}

const COMPARED = "All memories of this person were compared one by one: exact, only slower.";

const SCAN: Record<NonNullable<SearchResult["basisReason"]>, Told> = {
  "no-engine": { tone: "info", title: "Without an index: this Redis has no Query Engine", body: COMPARED },
  "no-index": { tone: "info", title: "Without an index: none is in use", body: COMPARED, link: INDEX_LINK },
  "index-kind": {
    tone: "info",
    title: "Without an index: the one in use is not over hashes",
    body: COMPARED,
    link: INDEX_LINK,
  },
  "one-node": {
    tone: "info",
    title: "Without the index: in this cluster a search covers one node",
    body: COMPARED,
    link: INDEX_LINK,
  },
  unspaced: {
    tone: "info",
    title: "Without the index: it splits a text at spaces, and this script writes none",
    body: COMPARED,
  },
  "id-not-expressible": {
    tone: "info",
    title: "Without the index: no query can name this id exactly",
    body: COMPARED,
  },
};

function ofNotice(notice: SearchNotice, result: SearchResult): Told | null {
  switch (notice.kind) {
    case "dimension-mismatch":
      return {
        tone: "warn",
        title: `The index wants ${formatCount(notice.indexDimensions)} dimensions, the model gives ${formatCount(notice.embedderDimensions)}`,
        body: "Its memories were embedded by another model, so meaning cannot be compared. Words are searched, and a pasted vector works.",
        link: INDEX_LINK,
      };
    case "not-understood":
      return {
        tone: "warn",
        title: `${notice.model} does not understand this text`,
        body: result.ran.vector
          ? "To it, texts like this are nearly all the same: the order below means little. Search by words instead."
          : "To it, texts like this are nearly all the same, so only words are searched.",
      };
    case "no-words":
      return {
        tone: "info",
        title: "Only words that every text has",
        body: result.ran.vector
          ? "So the order is by meaning alone."
          : "Type a word that tells memories apart.",
      };
    case "embedding-failed":
      return { tone: "warn", title: notice.message, body: `Only words are searched. ${notice.hint ?? ""}` };
    case "no-vector-field":
      return {
        tone: "warn",
        title: "The index has no vectors",
        body: "Only words are searched.",
        link: INDEX_LINK,
      };
    case "no-text-field":
      return {
        tone: "info",
        title: "The index has no text field",
        body: "Only meaning is searched.",
        link: INDEX_LINK,
      };
    case "data-type":
      return {
        tone: "warn",
        title: `The index holds ${notice.dataType} vectors`,
        body: "Text is not embedded into that type here. Words are searched, and a pasted vector works.",
        link: INDEX_LINK,
      };
    case "pasted-big-endian":
      return {
        tone: "info",
        title: "The pasted vector looks big-endian",
        body: "Redis reads FLOAT32 little-endian, so its numbers come out tiny. It was sent as it is; choose big-endian under the vector to turn it around.",
      };
    case "pasted-swapped":
      return {
        tone: "info",
        title: "The pasted bytes were put into Redis's order",
        body: "Each number's bytes were turned around before they were sent.",
      };
    case "model-not-configured":
      return {
        tone: "warn",
        title: `The index belongs to ${notice.model}, which is not configured here`,
        body: "Text cannot be embedded for it. Words are searched, and a pasted vector works.",
        link: INDEX_LINK,
      };
    case "one-node":
      return {
        tone: "warn",
        title: "Incomplete: in this cluster a search covers one node",
        body: "What lies on the others is missing. Name one person: their memories are then compared one by one.",
        link: INDEX_LINK,
      };
    case "other-lengths":
      return {
        tone: "info",
        title: `${formatCount(notice.count)} ${notice.count === 1 ? "memory has" : "memories have"} a vector of another length`,
        body: "They can be found by words only.",
      };
    case "unmeasured":
      return {
        tone: "warn",
        title: `${formatCount(notice.count)} ${notice.count === 1 ? "vector was" : "vectors were"} left out: no distance to ${notice.count === 1 ? "it" : "them"} can be told`,
        body: "Numbers that are not finite, all zeros, or bytes in the other order. The vector doctor finds and mends them.",
        link: INDEX_LINK,
      };
    case "scan-cut":
      return { tone: "warn", title: `Only the first ${formatCount(notice.scanned)} memories were compared` };
    case "category-looked-through":
      return null;
  }
}

/** An explanation in words. */
import { formatCount, formatDay, formatDistance, formatPercent } from "@/lib/format";
import type { WhyChange, WhyReason } from "@/lib/redis/recall/why-types";

export interface Told {
  title: string;
  body: string;
  /** Where it is mended. */
  mend?: "memory" | "index";
}

const MODES = { hybrid: "both", vector: "meaning", text: "words" } as const;

const NOT_ASKED: Record<Extract<WhyReason, { kind: "meaning-not-asked" }>["because"], string> = {
  "no-vector-field": "The index has no vectors.",
  "dimension-mismatch": "The index's vectors have another length than the model's.",
  "model-not-configured": "The index belongs to a model that is not configured here.",
  "not-understood": "The model cannot tell such a text from another.",
  "embedding-failed": "The embedding model did not answer.",
  "data-type": "Text is not embedded into the index's type of vectors here.",
};

export function reasonWords(reason: WhyReason): Told {
  switch (reason.kind) {
    case "found":
      return {
        title: `It is found, at place ${formatCount(reason.place)}`,
        body: "With these settings nothing keeps it away.",
      };
    case "gone":
      return { title: "There is no such memory any more", body: "It was deleted or its life ended." };
    case "wrong-type":
      return {
        title: "Its key holds something else",
        body: "A memory is a hash; no search sees anything else.",
        mend: "memory",
      };
    case "owner-mismatch":
      return {
        title: "Its user_id names somebody else than its key",
        body: "Whose it is, is in doubt, so it is shown for nobody.",
        mend: "memory",
      };
    case "no-owner-field":
      return { title: "It has no user_id", body: "The filter by person passes it over.", mend: "memory" };
    case "building":
      return {
        title: `The index is ${formatPercent(reason.percentIndexed)} built`,
        body: "It has not reached this memory yet. Ask again in a moment.",
        mend: "index",
      };
    case "not-covered":
      return {
        title: "The index does not look at its key",
        body: "It begins with none of the index's prefixes.",
        mend: "index",
      };
    case "index-filter":
      return { title: "The index leaves it out by its own condition", body: reason.filter, mend: "index" };
    case "vector-length":
      return {
        title: `Its vector has ${formatCount(reason.bytes)} bytes, ${formatCount(reason.wantedBytes)} are wanted`,
        body: `${formatCount(reason.dimensions)} numbers belong there. A vector of another length keeps the whole memory out.`,
        mend: "memory",
      };
    case "not-a-number":
      return {
        title: `Its ${reason.field} is no number`,
        body: "The index wants one, and leaves the whole memory out.",
        mend: "memory",
      };
    case "not-indexed":
      return {
        title: "The index does not hold it",
        body: "Its fields do not tell why. The Index page shows the last failures.",
        mend: "index",
      };
    case "filtered-out":
      return filterWords(reason);
    case "only-stop-words":
      return {
        title: "Only words that every text has",
        body: `Left out: ${reason.dropped.join(", ")}. Type a word that tells memories apart.`,
      };
    case "no-word-in-common":
      return {
        title: "It has none of the words",
        body: `Looked for: ${reason.words.join(", ")}. Other forms of them were looked for too.`,
      };
    case "no-text-field":
      return { title: "The index has no text field", body: "It cannot be searched by words.", mend: "index" };
    case "no-vector":
      return { title: "It has no vector", body: "So it cannot be found by meaning.", mend: "memory" };
    case "meaning-not-asked":
      return { title: "Meaning was not asked", body: NOT_ASKED[reason.because], mend: "index" };
    case "other-model":
      return {
        title: "Its vector was made by another model",
        body: `${reason.model} made it, ${reason.wanted} made the question's: their distance means nothing.`,
        mend: "memory",
      };
    case "stale-vector":
      return {
        title: "Its text was changed after its vector was made",
        body: "It is found for what it does not say any more.",
        mend: "memory",
      };
    case "beyond-distance":
      return {
        title: `Its distance is ${formatDistance(reason.distance)}, and ${formatDistance(reason.maxDistance)} is the most`,
        body: "It is further away than the threshold allows.",
      };
    case "too-far-down":
      return reason.place === null
        ? {
            title: `It is not among the first ${formatCount(reason.looked)}`,
            body: `K is ${formatCount(reason.k)}.`,
          }
        : {
            title: `It comes at place ${formatCount(reason.place)}, and K is ${formatCount(reason.k)}`,
            body: "Others match the question better.",
          };
  }
}

function filterWords({ clause, value, min, max }: Extract<WhyReason, { kind: "filtered-out" }>): Told {
  const show = (bound: number) => (clause === "time" ? formatDay(bound * 1_000) : String(bound));
  if (clause === "category") {
    return { title: "Filtered out by category", body: `Its category is ${value}.` };
  }
  const name = clause === "time" ? "time" : "importance";
  const has =
    typeof value === "number" ? `Its ${name} is ${show(value)}` : `It has no ${name} that could be compared`;
  const bounds = [
    ...(min === null ? [] : [`from ${show(min)}`]),
    ...(max === null ? [] : [`to ${show(max)}`]),
  ];
  return { title: `Filtered out by ${name}`, body: `${has}; asked for ${bounds.join(" ")}.` };
}

/** What a button does that makes the change. */
export function changeLabel(change: WhyChange): string {
  switch (change.kind) {
    case "without-filter":
      return `Without the filter by ${change.clause}`;
    case "max-distance":
      return `Distance up to ${formatDistance(change.maxDistance)}`;
    case "k":
      return `K ${formatCount(change.k)}`;
    case "mode":
      return `By ${MODES[change.mode]}`;
    case "word":
      return `With the word “${change.word}”`;
  }
}

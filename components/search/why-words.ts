/** An explanation in words. */
import { formatCount, formatDay, formatDistance, formatPercent } from "@/lib/format";
import type { NearMiss, UnfitForm, WhyChange, WhyReason } from "@/lib/redis/recall/why-types";

export interface Told {
  title: string;
  body: string;
  /** Where it is mended. */
  mend?: "memory" | "index" | "doctor";
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
        body: `${reason.form ? `${INSTEAD[reason.form]} ` : ""}${formatCount(reason.dimensions)} numbers belong there. A vector of another length keeps the whole memory out.`,
        mend: "doctor",
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
        body: `Looked for: ${reason.words.join(", ")}. Other forms of them were looked for too.${reason.near ? ` ${nearWords(reason.near)}` : ""}`,
      };
    case "no-text-field":
      return { title: "The index has no text field", body: "It cannot be searched by words.", mend: "index" };
    case "no-vector":
      return { title: "It has no vector", body: "So it cannot be found by meaning.", mend: "memory" };
    case "vector-unfit":
      return { ...unfitWords(reason), mend: "doctor" };
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

const INSTEAD = { text: "It is numbers written as text.", float64: "Its numbers are 64 bits wide." } as const;

const UNFIT: Record<UnfitForm, string> = {
  text: "Its vector is numbers written as text",
  float64: "Its vector has 64-bit numbers",
  nan: "Its vector holds numbers that are not finite",
  "zero-norm": "All numbers of its vector are zero",
  "big-endian": "The bytes of its vector stand in the other order",
  other: "No distance to its vector can be told",
};

function unfitWords({ form, findable }: Extract<WhyReason, { kind: "vector-unfit" }>): Told {
  const effect = findable
    ? "Redis reads other numbers than were meant, so it is found for the wrong questions."
    : "No distance to it can be told, so no question finds it by meaning.";
  const cure =
    form === "big-endian"
      ? "The vector doctor turns the bytes round."
      : "The vector doctor mends it, or embeds its text again.";
  return { title: UNFIT[form], body: `${effect} ${cure}` };
}

function nearWords({ word, token, how }: NearMiss): string {
  return how === "inside"
    ? `“${word}” stands inside of “${token}”: whole words are found, and a text is split at spaces and plain punctuation alone.`
    : `It has “${token}”, which is another word than “${word}” to the search: their letters have other marks.`;
}

function filterWords({
  clause,
  value,
  min,
  max,
  milliseconds,
}: Extract<WhyReason, { kind: "filtered-out" }>): Told {
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
  if (milliseconds) {
    const meant = typeof value === "number" ? `, and means ${formatDay(value)}` : "";
    return {
      title: "Filtered out by time",
      body: `Its timestamp is in milliseconds${meant}. Searches count in seconds and take it for the far future; asked for ${bounds.join(" ")}. “Make its timestamp seconds” mends it.`,
      mend: "memory",
    };
  }
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

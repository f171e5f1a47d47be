/** The answer to "why was this memory not found?": plain JSON, no key names, no vectors. */
import type { SearchMode } from "./rules";

/** "other": its form is right, or not known here, and no distance to it can be told. */
export type UnfitForm = "text" | "float64" | "nan" | "zero-norm" | "big-endian" | "other";

/** A word of the memory in which people see the one that was looked for, and the search does not. */
export interface NearMiss {
  word: string;
  token: string;
  /** It stands inside of the other, or the same letters stand with other marks. */
  how: "inside" | "marks";
}

export type WhyReason =
  | { kind: "gone" }
  /** Its key holds no hash. */
  | { kind: "wrong-type" }
  /** Its `user_id` names somebody else than its key. */
  | { kind: "owner-mismatch" }
  /** No `user_id`: the filter by person passes it over. */
  | { kind: "no-owner-field" }
  | { kind: "building"; percentIndexed: number }
  /** Its key begins with none of the index's prefixes. */
  | { kind: "not-covered" }
  /** The index was created with a condition of its own. */
  | { kind: "index-filter"; filter: string }
  /** A vector of another length keeps the whole memory out of the index. */
  | {
      kind: "vector-length";
      bytes: number;
      wantedBytes: number;
      dimensions: number;
      /** What it is instead; left out where it is a vector of another length. */
      form?: "text" | "float64";
    }
  /** What the index wants as a number is none, which keeps the whole memory out. */
  | { kind: "not-a-number"; field: string }
  /** The index does not hold it and the fields do not tell why. */
  | { kind: "not-indexed" }
  | {
      kind: "filtered-out";
      clause: "importance" | "time" | "category";
      /** What the memory has; null when it has none or no number. */
      value: number | string | null;
      min: number | null;
      max: number | null;
      /** Of a time: it was written in milliseconds, and is compared as seconds. */
      milliseconds?: true;
    }
  | { kind: "only-stop-words"; dropped: string[] }
  /** None of the words asked for is in it. */
  | { kind: "no-word-in-common"; words: string[]; near?: NearMiss }
  | { kind: "no-text-field" }
  | { kind: "no-vector" }
  /** Right in length and no vector of a model, or without a distance to anything, by the index's metric. */
  | { kind: "vector-unfit"; form: UnfitForm; findable: boolean }
  /** Meaning was not asked at all: see the search's notices. */
  | {
      kind: "meaning-not-asked";
      because:
        | "no-vector-field"
        | "dimension-mismatch"
        | "model-not-configured"
        | "not-understood"
        | "embedding-failed"
        | "data-type";
    }
  /** Its vector was made by another model than the question's: their distance means nothing. */
  | { kind: "other-model"; model: string; wanted: string }
  /** Its text was changed after its vector was made. */
  | { kind: "stale-vector" }
  | { kind: "beyond-distance"; distance: number; maxDistance: number }
  /** `place` null: further down than was looked. */
  | { kind: "too-far-down"; place: number | null; k: number; looked: number }
  | { kind: "found"; place: number };

/** What makes a search find it. Each was tried by searching. */
export type WhyChange =
  | { kind: "without-filter"; clause: "importance" | "time" | "category" }
  | { kind: "max-distance"; maxDistance: number }
  | { kind: "k"; k: number }
  | { kind: "mode"; mode: SearchMode }
  /** Added to the question. */
  | { kind: "word"; word: string };

export interface WhyAnswer {
  memory: { userRef: string; memoryRef: string; category: string; number: string; content: string };
  /** The decisive one first. */
  reasons: WhyReason[];
  /** By the index's metric; null where there is no distance. */
  distance: number | null;
  /** Places in the two lists, to the depth that was looked at. */
  textRank: number | null;
  vectorRank: number | null;
  /** Changes that are needed in any case. */
  needed: WhyChange[];
  /** Do they suffice? */
  neededSuffice: boolean;
  /** Where they do not: any one of these, on top of them. */
  anyOf: WhyChange[];
  basis: "index" | "exact-scan";
  index: string | null;
  /** Something personal was left out. */
  masked?: true;
}

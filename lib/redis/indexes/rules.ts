/** The index definitions this console makes, for the server that sends them and the page that shows them first. */

export const INDEX_FORMS = ["tutorial", "safer"] as const;
export type IndexForm = (typeof INDEX_FORMS)[number];

export const DIMENSIONS_MAX = 32_768;
export const NAME_MAX_CHARS = 128;
/** Printable ASCII without spaces, as MEMORY_INDEX. */
export const NAME_PATTERN = /^[\x21-\x7e]+$/;

export interface IndexPlan {
  name: string;
  prefix: string;
  dimensions: number;
  form: IndexForm;
}

/** Ends a user id in the index; no text of a person holds it. */
const UNIT_SEPARATOR = "\x1f";

/**
 * FT.CREATE as the tutorial types it, or the safer form: ids compared in their own case and never split at a comma
 * (by default `Alice` is found under `alice`), and no word left out of the text.
 */
export function createIndexCommand({ name, prefix, dimensions, form }: IndexPlan): [string, ...string[]] {
  const safer = form === "safer";
  return [
    "FT.CREATE",
    ...[name, "ON", "HASH", "PREFIX", "1", prefix],
    ...(safer ? ["STOPWORDS", "0"] : []),
    ...["SCHEMA", "user_id", "TAG"],
    ...(safer ? ["SEPARATOR", UNIT_SEPARATOR, "CASESENSITIVE"] : []),
    ...["content", "TEXT", "importance", "NUMERIC", "timestamp", "NUMERIC"],
    ...["embedding", "VECTOR", "HNSW", "6", "TYPE", "FLOAT32", "DIM", String(dimensions)],
    ...["DISTANCE_METRIC", "COSINE"],
  ];
}

/** For showing and copying: quotes only where redis-cli needs them. */
export function createIndexText(plan: IndexPlan): string {
  return createIndexCommand(plan)
    .map((word) => (/^[\w:.+*/@=-]+$/.test(word) ? word : `"${escaped(word)}"`))
    .join(" ");
}

function escaped(word: string): string {
  return word.replace(/["\\]/g, "\\$&").replaceAll(UNIT_SEPARATOR, "\\x1f");
}

/** Numbers and names that both the server's checks and the browser's forms follow. No zod here: it costs 47 kB. */

export const PAGE_SIZE = 50;
/** Memories of one person that a list reads, filters and sorts; a person with more is told so. */
export const MAX_LISTED = 50_000;
/** Memories that are chosen one by one; more are meant by a filter. */
export const MAX_CHOSEN = 500;
/** Memories that one merge takes away. */
export const MAX_MERGED = 20;
/** Cosine from which two memories are shown as saying the same. */
export const SAME_FROM = 0.95;
/** What of a content a card shows, in characters. */
export const CARD_CHARS = 2_000;
/** What of a field the drawer shows, in characters. */
export const FIELD_CHARS = 1_000_000;

export const CONTENT_MAX_CHARS = 8_000;
export const CATEGORY_MAX_BYTES = 64;
export const IMPORTANCE_MIN = 1;
export const IMPORTANCE_MAX = 10;

/** The tutorial's categories; assistants in the field have others, which the lists show as they find them. */
export const USUAL_CATEGORIES = ["pref", "personal", "work"] as const;

export const MEMORY_SORTS = ["importance", "newest", "oldest", "name", "expiring"] as const;
export type MemorySort = (typeof MEMORY_SORTS)[number];

/** What breaks in a category's name; null when nothing does. */
export function categoryProblem(category: string): string | null {
  const bytes = new TextEncoder().encode(category).length;
  if (bytes === 0) return "must not be empty, for example pref";
  if (bytes > CATEGORY_MAX_BYTES) return `must be at most ${CATEGORY_MAX_BYTES} bytes, for example pref`;
  if (category.includes(":")) return "must not hold “:”, which parts the words of a key";
  if (category !== category.trim()) return "must not begin or end with a space";
  if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(category)) return "must not hold invisible characters";
  if (category === "history") return "must not be “history”: such a key is a session";
  return null;
}

/** What breaks in a content; null when nothing does. */
export function contentProblem(content: string): string | null {
  if (content.trim() === "") return "must not be blank: write at least one word";
  if (content.length > CONTENT_MAX_CHARS) return `must be at most ${CONTENT_MAX_CHARS} characters`;
  if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(content))
    return "must not hold half a character (a lone surrogate)";
  return null;
}

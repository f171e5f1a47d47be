/**
 * Every key the console reads or writes: format, parse, owner, escaping. The only place with a key literal.
 *
 * The grammar of the assistant's keys is read from the right, because a user id may hold any byte, `:` too:
 *
 *   {prefix}{id}:history:{session}   list   a session
 *   {prefix}{id}:rate_limit          hash   the request counters
 *   {prefix}{id}:{category}:{n}      hash   a memory
 *
 * where `{session}`, `{category}` and `{n}` hold no `:`. So `user:alice:admin:pref:001` belongs to
 * `alice:admin`, never to `alice`. With USER_KEY_HASHTAG the id stands in real braces (`user:{alice}:…`), which
 * puts all keys of one person into one cluster slot.
 *
 * Names and ids are Buffers. Where one is needed as a Map key, its latin1 text is used: one character a byte.
 */
import { env } from "../env";
import { SafeError } from "../errors";

/** The classes a key of a person can have, `disputed` when its owner is in doubt. */
export const KEY_CLASSES = ["sessions", "rate-limits", "memories", "disputed"] as const;
export type KeyClass = (typeof KEY_CLASSES)[number];

export interface KeyGrammar {
  prefix: string;
  hashTag: boolean;
}

export type ParsedKey =
  | { class: "sessions"; userId: Buffer; sessionId: Buffer }
  | { class: "rate-limits"; userId: Buffer }
  | { class: "memories"; userId: Buffer; category: Buffer; number: Buffer };

/** The grammar in force. */
export function keyGrammar(): KeyGrammar {
  return { prefix: env().USER_KEY_PREFIX, hashTag: env().USER_KEY_HASHTAG };
}

const HISTORY = ":history:";
const RATE_LIMIT = ":rate_limit";

function stem(userId: Buffer, grammar: KeyGrammar): Buffer {
  if (userId.length === 0) throw new SafeError("invalid_input", "A user id must not be empty.");
  const { prefix, hashTag } = grammar;
  return Buffer.concat([
    Buffer.from(hashTag ? `${prefix}{` : prefix),
    userId,
    Buffer.from(hashTag ? "}" : ""),
  ]);
}

/** One word between colons. A word that the grammar reads otherwise would name another person's key. */
function segment(what: string, word: Buffer, reserved = ""): Buffer {
  if (word.length === 0 || word.includes(":") || word.equals(Buffer.from(reserved))) {
    const but = reserved ? `, nor be “${reserved}”` : "";
    throw new SafeError("invalid_input", `A ${what} must not be empty, nor hold a colon${but}.`);
  }
  return word;
}

/** @throws SafeError `invalid_input`, like all that build keys, for what the grammar would read otherwise. */
export function sessionKey(userId: Buffer, sessionId: Buffer, grammar = keyGrammar()): Buffer {
  return Buffer.concat([stem(userId, grammar), Buffer.from(HISTORY), segment("session id", sessionId)]);
}

export function rateLimitKey(userId: Buffer, grammar = keyGrammar()): Buffer {
  return Buffer.concat([stem(userId, grammar), Buffer.from(RATE_LIMIT)]);
}

export function memoryKey(userId: Buffer, category: Buffer, number: Buffer, grammar = keyGrammar()): Buffer {
  const colon = Buffer.from(":");
  return Buffer.concat([
    ...[stem(userId, grammar), colon, segment("category", category, "history")],
    ...[colon, segment("memory number", number, "rate_limit")],
  ]);
}

/** The key a person's keys would hang under, without suffix: outside the grammar, so disputed where it exists. */
export function bareUserKey(userId: Buffer, grammar = keyGrammar()): Buffer {
  return stem(userId, grammar);
}

/** MATCH pattern for all keys of all people. */
export function everyUserPattern(grammar = keyGrammar()): Buffer {
  return Buffer.concat([escapeGlob(Buffer.from(grammar.prefix)), Buffer.from("*")]);
}

/**
 * MATCH patterns that together cover every key that could be this person's: the configured form and the other
 * one (with or without hash tag), whose keys are then disputed. They also match other people's keys
 * (`user:alice:*` matches `alice:admin`'s), so every hit goes through {@link claimOf}.
 */
export function userPatterns(userId: Buffer, grammar = keyGrammar()): Buffer[] {
  return [grammar, { ...grammar, hashTag: !grammar.hashTag }].map((form) =>
    Buffer.concat([escapeGlob(stem(userId, form)), Buffer.from(":*")]),
  );
}

/** Glob special characters of MATCH, each with a backslash before it. */
export function escapeGlob(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString("latin1").replace(/[\\*?[\]]/g, "\\$&"), "latin1");
}

/**
 * A TAG value inside `@field:{…}` of an FT query: every ASCII punctuation mark and white space with a backslash.
 * White space at its edges is left out, as the engine leaves it out when it indexes (measured): the hits are those
 * of ` alice ` and of `alice`, and the raw field tells them apart.
 * @returns null when nothing is left or a control byte is in it, which no query can carry: ask Redis by key instead.
 */
export function escapeTag(bytes: Buffer): Buffer | null {
  const text = bytes.toString("latin1").replace(/^[\t ]+|[\t ]+$/g, "");
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(text) || text === "") return null;
  return Buffer.from(text.replace(/[\t !-/:-@[-`{-~]/g, "\\$&"), "latin1");
}

/** A key by the grammar, or null when it is outside of it. */
export function parseKey(key: Buffer, grammar = keyGrammar()): ParsedKey | null {
  const name = key.toString("latin1");
  const prefix = Buffer.from(grammar.prefix).toString("latin1");
  if (!name.startsWith(prefix)) return null;
  const rest = name.slice(prefix.length);
  const session = /^(.+):history:([^:]+)$/s.exec(rest);
  if (session)
    return owned(session[1]!, grammar, (userId) => ({
      class: "sessions",
      userId,
      sessionId: bytes(session[2]!),
    }));
  const limits = /^(.+):rate_limit$/s.exec(rest);
  if (limits) return owned(limits[1]!, grammar, (userId) => ({ class: "rate-limits", userId }));
  const memory = /^(.+):([^:]+):([^:]+)$/s.exec(rest);
  if (!memory) return null;
  return owned(memory[1]!, grammar, (userId) => ({
    class: "memories",
    userId,
    category: bytes(memory[2]!),
    number: bytes(memory[3]!),
  }));
}

function bytes(latin1: string): Buffer {
  return Buffer.from(latin1, "latin1");
}

function owned(id: string, grammar: KeyGrammar, build: (userId: Buffer) => ParsedKey): ParsedKey | null {
  if (!grammar.hashTag) return build(bytes(id));
  const tagged = /^\{(.+)\}$/s.exec(id);
  return tagged ? build(bytes(tagged[1]!)) : null;
}

/** The Redis type a class lives in. */
export const TYPE_OF_CLASS = { sessions: "list", "rate-limits": "hash", memories: "hash" } as const;

export type DisputeReason =
  | "outside-grammar" // fits the person's pattern, but is no session, counter or memory by its name
  | "wrong-type" // a known name over another type of value
  | "other-owner" // the hash's user_id field names somebody else than its key
  | "other-form"; // the person's name in the form (hash tag or not) that is not configured

export type Claim =
  | { owner: Buffer; parsed: ParsedKey; dispute: null }
  | { owner: Buffer | null; parsed: ParsedKey | null; dispute: DisputeReason };

/**
 * Whose key is this?
 *
 * @param type the Redis type, as TYPE answers
 * @param userIdField the raw `user_id` field of a hash, null when it has none or is no hash
 * @returns the owner with `dispute: null` when name, type and `user_id` agree. Otherwise a dispute, whose
 *   `owner` is the person that the name speaks of, if it speaks of one. A disputed key is shown and never
 *   silently erased.
 */
export function claimOf(
  key: Buffer,
  type: string,
  userIdField: Buffer | null,
  grammar = keyGrammar(),
): Claim {
  const parsed = readAs(key, type, grammar);
  if (!parsed) {
    const other = grammar.hashTag ? readAs(key, type, { ...grammar, hashTag: false }) : null;
    if (!other) return { owner: null, parsed: null, dispute: "outside-grammar" };
    const dispute = type === TYPE_OF_CLASS[other.class] ? "other-form" : "wrong-type";
    return { owner: other.userId, parsed: null, dispute };
  }
  if (type !== TYPE_OF_CLASS[parsed.class]) return { owner: parsed.userId, parsed, dispute: "wrong-type" };
  if (userIdField && !userIdField.equals(parsed.userId)) {
    return { owner: parsed.userId, parsed, dispute: "other-owner" };
  }
  return { owner: parsed.userId, parsed, dispute: null };
}

/** `x:history:rate_limit` is the one name with two readings: a list is x's session, a hash counts for `x:history`. */
function readAs(key: Buffer, type: string, grammar: KeyGrammar): ParsedKey | null {
  const parsed = parseKey(key, grammar);
  if (grammar.hashTag || type !== "hash" || parsed?.class !== "sessions") return parsed;
  if (!parsed.sessionId.equals(Buffer.from("rate_limit"))) return parsed;
  return { class: "rate-limits", userId: Buffer.concat([parsed.userId, Buffer.from(":history")]) };
}

/**
 * How one key that matched a person's patterns concerns that person.
 * @returns `owned`; `disputed` with the reason; or null when it plainly belongs to somebody else (a twin such as
 *   `alice:admin`).
 */
export function concerns(
  userId: Buffer,
  claim: Claim,
  userIdField: Buffer | null,
): "owned" | DisputeReason | null {
  if (claim.dispute === null) {
    if (claim.owner.equals(userId)) return "owned";
    // A person may really be called `{alice}`; then the field says so.
    return userIdField ? null : twinForm(userId, claim.owner);
  }
  if (claim.dispute !== "other-owner" && claim.dispute !== "other-form") return claim.dispute;
  // Two people may be named by such a key, by its name and by its field; it concerns them and nobody else.
  if (claim.owner?.equals(userId)) return claim.dispute;
  if (!userIdField?.equals(userId)) return null;
  return (claim.owner && twinForm(userId, claim.owner)) ?? claim.dispute;
}

function twinForm(userId: Buffer, owner: Buffer): DisputeReason | null {
  return owner.equals(Buffer.concat([Buffer.from("{"), userId, Buffer.from("}")])) ? "other-form" : null;
}

/** A key that no assistant writes, for asking Redis what this console's user may do with keys of people. */
export function rightsProbeKey(grammar = keyGrammar()): string {
  return `${grammar.prefix}rights-probe:rate_limit`;
}

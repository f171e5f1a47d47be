/**
 * Sessions for those who may not see personal data: how many messages, in which order, when and of which kind.
 * Words are dots of one length; bytes, digests and exact sizes are not there at all.
 */
import { SafeError } from "../../errors";
import { MASK, type Masker, maskName, maskText, maskTime, roughBytes, standIn } from "../../masking";
import { openRef } from "../../refs";
import type { SessionCommands, SessionSize, TrimPreview } from "./change-schema";
import type { FoundMessages, SessionStrip } from "./find-schema";
import { MIN_MASKED_FIND_CHARACTERS } from "./find-schema";
import type {
  FunctionCall,
  MessagePage,
  SessionList,
  SessionMessage,
  SessionSummary,
  WholeMessage,
} from "./schema";

type Target = { ref: string; session: string };

/** More of a text than a bubble shows would only tell how long it is. */
const MASKED_CHARACTERS = 1_000;
/** The types and fields that assistants' libraries write; any other one may be somebody's name. */
const KNOWN_TYPES = /^(system|developer|tool|function|user|assistant|chat|AIMessageChunk|remove)$/;
const KNOWN_FIELDS =
  /^(additional_kwargs|response_metadata|usage_metadata|tool_calls|invalid_tool_calls|tool_call_id|function_call|artifact|status|example|name|role|id)$/;

export function maskSessionList(list: SessionList, _masker: Masker, { ref }: { ref: string }): SessionList {
  return {
    nowMs: list.nowMs,
    sessions: list.sessions.map((session) => maskSummary(session, ref)),
    total: list.total,
    complete: list.complete,
    sortedBy: list.sortedBy,
    disputed: list.disputed,
    cursor: list.cursor,
    matching: list.matching,
    nextInMs: list.nextInMs,
    scannedAtMs: list.scannedAtMs,
    masked: true,
  };
}

function maskSummary(session: SessionSummary, ref: string): SessionSummary {
  return {
    ref: session.ref,
    label: maskName(session.label, openRef("user", ref)),
    messages: session.messages,
    sizeBytes: rough(session.sizeBytes),
    ttlMs: session.ttlMs,
    firstWords: session.firstWords === null ? null : maskText(session.firstWords),
    firstWordsHuman: session.firstWordsHuman,
    lastActivityMs: maskTime(session.lastActivityMs),
    oldestMs: maskTime(session.oldestMs),
  };
}

/** A reader who has this state of the list already gets no messages, as without a mask. */
export function maskMessagePage(
  page: MessagePage,
  _masker: Masker,
  input: Target & { have?: string | undefined },
): MessagePage {
  const newestDigest = maskDigest(page.newestDigest, input);
  const oldestDigest = maskDigest(page.oldestDigest, input);
  const state = `${page.length}-${newestDigest}-${oldestDigest}`;
  const unchanged = input.have === state;
  return {
    label: maskName(page.label, openRef("user", input.ref)),
    nowMs: page.nowMs,
    length: page.length,
    ttlMs: page.ttlMs,
    sizeBytes: rough(page.sizeBytes),
    newestDigest,
    oldestDigest,
    command: null,
    state,
    unchanged,
    messages: unchanged ? [] : page.messages.map((message) => maskMessage(message, input)),
    masked: true,
  };
}

/** No bytes, neither as text nor as hexadecimal digits; what kind of message it is, and when. */
export function maskWholeMessage(whole: WholeMessage, _masker: Masker, input: Target): WholeMessage {
  return {
    position: whole.position,
    digest: maskDigest(whole.digest, input),
    sizeBytes: null,
    utf8: whole.utf8,
    text: "",
    textCut: false,
    hex: "",
    hexCut: false,
    message: maskMessage(whole.message, input),
    masked: true,
  };
}

export function maskSessionSize({ sizeBytes }: SessionSize): SessionSize {
  return { sizeBytes: roughBytes(sizeBytes), exact: false };
}

/**
 * How many messages hold the words, and not which: with their places one could try letter after letter until a
 * message is spelled out.
 */
export function maskFoundMessages(
  found: FoundMessages,
  _masker: Masker,
  { words }: { words: string },
): FoundMessages {
  if ([...words.trim()].length < MIN_MASKED_FIND_CHARACTERS) {
    throw new SafeError(
      "invalid_input",
      `words: must have at least ${MIN_MASKED_FIND_CHARACTERS} characters where messages are masked`,
      { field: "words" },
    );
  }
  return {
    positions: [],
    total: found.total,
    next: found.next,
    length: found.length,
    listMark: found.listMark,
    cutMessages: found.cutMessages,
    ...(found.anew ? { anew: true } : {}),
    masked: true,
  };
}

export function maskSessionStrip(
  strip: SessionStrip,
  _masker: Masker,
  { ref }: { ref: string },
): SessionStrip {
  return {
    nowMs: strip.nowMs,
    fromMs: strip.fromMs,
    sessions: strip.sessions.map((session) => ({
      ref: session.ref,
      label: maskName(session.label, openRef("user", ref)),
      messages: session.messages,
      timesMs: session.timesMs.flatMap((ms) => maskTime(ms) ?? []),
      sampled: session.sampled,
    })),
    looked: strip.looked,
    total: strip.total,
    complete: strip.complete,
    masked: true,
  };
}

export function maskTrimPreview(preview: TrimPreview, _masker: Masker, input: Target): TrimPreview {
  return {
    length: preview.length,
    goes: preview.goes,
    messages: preview.messages.map((message) => maskMessage(message, input)),
    newestDigest: maskDigest(preview.newestDigest, input),
    oldestDigest: maskDigest(preview.oldestDigest, input),
    masked: true,
  };
}

/** The key of a session names its person, and what is in it is theirs. */
export function maskSessionCommands({ tooLong }: SessionCommands): SessionCommands {
  return { text: null, tooLong, masked: true };
}

function maskMessage(message: SessionMessage, target: Target): SessionMessage {
  const { kind, type, calls, moreCalls, extraFields } = message;
  return {
    position: message.position,
    digest: maskDigest(message.digest, target),
    mark: message.mark,
    sizeBytes: null,
    kind,
    ...(type !== undefined && KNOWN_TYPES.test(type) ? { type } : {}),
    ...(message.rawReason ? { rawReason: message.rawReason } : {}),
    text: maskedText(message),
    cut: message.cut,
    ...maskTimestamp(message),
    ...(calls ? { calls: calls.map((call) => maskCall(call, target)) } : {}),
    ...(moreCalls === undefined ? {} : { moreCalls }),
    ...(extraFields ? { extraFields: extraFields.map(maskField) } : {}),
    masked: true,
  };
}

/** Which function is asked for is the program's word; what it is asked with is the person's. */
function maskCall({ name, cut }: FunctionCall, { ref }: Target): FunctionCall {
  return { name: maskName(name, openRef("user", ref)), arguments: MASK, cut };
}

function maskTimestamp({ timestampMs, timestampNote }: SessionMessage) {
  const masked = maskTime(timestampMs);
  const note = masked === null && timestampMs !== null ? "not-a-time" : timestampNote;
  return { timestampMs: masked, ...(note ? { timestampNote: note } : {}) };
}

/** What is shown raw is no text: its punctuation would be JSON's, and its escapes bytes. */
function maskedText({ kind, text }: SessionMessage): string {
  if (text === "") return "";
  return kind === "raw" ? MASK : maskText(text.slice(0, MASKED_CHARACTERS));
}

function maskField(name: string): string {
  return KNOWN_FIELDS.test(name) ? name : MASK;
}

/** A digest of short text can be undone by trying texts. This one only tells messages of one session apart. */
function maskDigest(digest: string, { ref, session }: Target): string {
  return standIn("digest", ref, session, digest).slice(0, 40);
}

function rough(sizeBytes: number | null): number | null {
  return sizeBytes === null ? null : roughBytes(sizeBytes);
}

/**
 * At the door of every request: who is it, and does it come too often? Two round trips to the console's own state,
 * one where nobody is signed in.
 */
import { env } from "../../env";
import { SafeError } from "../../errors";
import { consoleKeys } from "../console-keys";
import { COMMANDS_PER_COUNT, countCommands, readCount } from "../limiter/fixed-window";
import { isError } from "../store/reply";
import type { Store } from "../store/store";
import { refusalText } from "../store/store-errors";
import type { Command, Reply } from "../store/wire";
import { waitInWords } from "./attempts";
import { knockDigest, tokenDigest } from "./digests";
import { readOperatorReply } from "./operator-record";
import { type Reveal, readRevealsReply } from "./reveals";
import { readSessionReply, remainingMs, type SessionLimits, sessionLimits } from "./session-record";
import type { OperatorRecord, SessionRecord } from "./types";

export interface Knock {
  /** The cookie, whatever it holds. */
  token: string | null;
  /** Where the request comes from; becomes a keyed hash before it is written anywhere. */
  address: string;
  kind: "read" | "write" | "sign-in";
  /** A page's own question while nobody does anything: it does not keep the session from ending. Default false. */
  background?: boolean;
}

export interface Admission {
  operator: OperatorRecord;
  session: SessionRecord;
  /** Subjects that this session may see unmasked. */
  revealed: ReadonlyMap<string, Reveal>;
}

export interface DoorSettings {
  readsPerMinute: number;
  /** Sign-ins count as writes. */
  writesPerMinute: number;
  limits: SessionLimits;
  /** May operators of the demo come in? */
  demo: boolean;
}

/** Behind one address there may be several people. */
const PEOPLE_PER_ADDRESS = 4;
const TOUCH_EVERY_MS = 15_000;
/** What {@link ./digests randomToken} makes; nothing else is worth a look. */
const TOKEN = /^[\w-]{43}$/;

export function doorSettings(): DoorSettings {
  const { READS_PER_MINUTE, WRITES_PER_MINUTE, CONSOLE_DEMO } = env();
  return {
    readsPerMinute: READS_PER_MINUTE,
    writesPerMinute: WRITES_PER_MINUTE,
    limits: sessionLimits(),
    demo: CONSOLE_DEMO,
  };
}

/**
 * @returns null when nobody is signed in: no token or an unknown one, the session has ended, the operator is disabled
 *   or gone
 * @throws SafeError `too_many_requests` in how many seconds the door opens again; the store's errors
 */
export async function admit(
  consoleStore: Store,
  knock: Knock,
  settings: DoorSettings = doorSettings(),
): Promise<Admission | null> {
  const perMinute = knock.kind === "read" ? settings.readsPerMinute : settings.writesPerMinute;
  const digest = knock.token && TOKEN.test(knock.token) ? tokenDigest(knock.token) : null;
  const known = await countAndAsk(
    consoleStore,
    countKnock("address", knock.address, knock.kind),
    digest ? sessionCommands(digest) : [],
    knock.kind,
  );
  requireFewer(known, perMinute * PEOPLE_PER_ADDRESS);
  if (!digest) return null;
  const nowMs = Date.now();
  const session = readSessionReply(digest, known[COMMANDS_PER_COUNT]!, settings.limits, nowMs);
  if (!session) return null;
  const touches = !knock.background && isDue(session, settings.limits, nowMs);
  const asked = await countAndAsk(
    consoleStore,
    countKnock("operator", session.operatorId, knock.kind),
    [["HGETALL", consoleKeys.operator(session.operatorId)]],
    knock.kind,
    touches ? touchCommands(session, settings.limits, nowMs) : [],
  );
  const operator = readOperatorReply(session.operatorId, asked[COMMANDS_PER_COUNT]!)?.record;
  if (!operator || operator.disabled || (operator.via === "demo" && !settings.demo)) return null;
  requireFewer(asked, perMinute);
  return { operator, session, revealed: readRevealsReply(known[COMMANDS_PER_COUNT + 1]!, nowMs) };
}

/** What a Redis that takes no writes for a while answers: it still knows who is signed in. */
const TAKES_NO_WRITES = /^(OOM|MISCONF|READONLY|NOREPLICAS)\b/;

/**
 * Count and ask in one transaction. A Redis at its memory limit refuses to count; then reads are let in uncounted,
 * because looking is how one finds out, and whatever changes something is refused.
 * @returns replies as of count, ask, touch; zeros in place of a count that could not be made
 */
async function countAndAsk(
  consoleStore: Store,
  count: Command[],
  ask: Command[],
  kind: Knock["kind"],
  touch: Command[] = [],
): Promise<Reply[]> {
  try {
    return await consoleStore.transaction([...count, ...ask, ...touch]);
  } catch (error) {
    if (kind !== "read" || !TAKES_NO_WRITES.test(refusalText(error))) throw error;
    const answers = await consoleStore.pipeline(ask);
    const refused = answers.find(isError);
    if (refused) throw refused;
    return [0, [], [0], ...(answers as Reply[])];
  }
}

function countKnock(who: "address" | "operator", name: string, kind: Knock["kind"]): Command[] {
  return countCommands(consoleKeys.door(knockDigest(who, name)), `${kind}s`, 60);
}

function sessionCommands(digest: string): Command[] {
  return [
    ["HGETALL", consoleKeys.operatorSession(digest)],
    ["HGETALL", consoleKeys.reveals(digest)],
  ];
}

/** @param replies whose first ones are those of a count */
function requireFewer(replies: readonly Reply[], limit: number): void {
  const { count, resetInMs } = readCount(replies, 0);
  if (count <= limit) return;
  throw new SafeError("too_many_requests", "The console is asked too often from here.", {
    hint: `Try again in ${waitInWords(resetInMs)}.`,
  });
}

/** Where the idle limit is short (tests), more often. */
function isDue(session: SessionRecord, { idleMs }: SessionLimits, nowMs: number): boolean {
  return nowMs - session.lastSeenAtMs >= Math.min(TOUCH_EVERY_MS, idleMs / 4);
}

function touchCommands(session: SessionRecord, limits: SessionLimits, nowMs: number): Command[] {
  const key = consoleKeys.operatorSession(session.digest);
  return [
    // FXX: a session that was revoked a moment ago must not come back as a hash without a life.
    ["HSETEX", key, "FXX", "FIELDS", 1, "lastSeenAtMs", nowMs],
    ["PEXPIRE", key, remainingMs(session, limits, nowMs)],
  ];
}

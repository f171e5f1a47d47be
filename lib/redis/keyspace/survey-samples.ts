/** One sample of the store's size now and then, in the console's own state, for the chart of the last 24 hours. */
import { logEvent } from "../../log";
import { consoleKeys } from "../console-keys";
import { toBuffers } from "../store/reply";
import type { Store } from "../store/store";
import type { SurveyClass } from "./survey-schema";
import type { SurveyTally } from "./survey-tally";

export interface UsageSample {
  atMs: number;
  users: number;
  keys: number;
  sizeBytes: Record<SurveyClass, number>;
}

/** How often a process that somebody uses samples when nobody looks. */
export const SAMPLE_EVERY_MS = 300_000;
const SAMPLE_MIN_MS = 60_000;
const KEEP_MS = 86_400_000;

/**
 * Keep a sample unless there is one of the last minute, and drop those older than a day. Sorted set, score =
 * epoch ms. A failure is logged and nothing else: the chart is worth less than the page.
 */
export async function addSample(consoleStore: Store, tally: SurveyTally): Promise<void> {
  const atMs = Date.now();
  const key = consoleKeys.usageSamples();
  try {
    const last = await consoleStore.command("ZRANGE", key, -1, -1, "WITHSCORES");
    const [, score] = toBuffers(last);
    if (score && atMs - Number(score.toString()) < SAMPLE_MIN_MS) return;
    const { classes } = tally;
    const sample: UsageSample = {
      atMs,
      users: tally.users.size,
      keys: tally.total.keys,
      sizeBytes: {
        sessions: classes.sessions.sizeBytes,
        "rate-limits": classes["rate-limits"].sizeBytes,
        memories: classes.memories.sizeBytes,
        disputed: classes.disputed.sizeBytes,
        other: classes.other.sizeBytes,
      },
    };
    await consoleStore.transaction([
      ["ZADD", key, atMs, JSON.stringify(sample)],
      ["ZREMRANGEBYSCORE", key, "-inf", atMs - KEEP_MS],
    ]);
  } catch {
    logEvent("usage_sample_failed");
  }
}

/** The samples of the last 24 hours, oldest first; at most 1,440. */
export async function readSamples(consoleStore: Store): Promise<UsageSample[]> {
  const from = Date.now() - KEEP_MS;
  const members = toBuffers(
    await consoleStore.command(
      "ZRANGE",
      consoleKeys.usageSamples(),
      from,
      "+inf",
      "BYSCORE",
      "LIMIT",
      0,
      1_500,
    ),
  );
  return members.flatMap((member) => parseSample(member));
}

/** A member this console did not write counts as none. */
function parseSample(member: Buffer): UsageSample[] {
  try {
    const sample = JSON.parse(member.toString("utf8")) as UsageSample;
    return typeof sample.atMs === "number" && typeof sample.sizeBytes === "object" ? [sample] : [];
  } catch {
    return [];
  }
}

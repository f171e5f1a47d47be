/** The last 24 hours of the store's size, thinned out to what a chart can show. */
import { readSamples, type UsageSample } from "../keyspace/survey-samples";
import type { Store } from "../store/store";
import type { UsageSamples } from "./schema";

const SLOT_MS = 300_000;

export async function readUsageSamples(consoleStore: Store): Promise<UsageSamples> {
  return { samples: thin(await readSamples(consoleStore)) };
}

/** The last sample of every five minutes. */
export function thin(samples: UsageSample[]): UsageSample[] {
  return samples.filter((sample, at) => {
    const next = samples[at + 1];
    return !next || Math.floor(next.atMs / SLOT_MS) !== Math.floor(sample.atMs / SLOT_MS);
  });
}

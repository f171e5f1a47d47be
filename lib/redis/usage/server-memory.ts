/** What the server says about its own memory, and what its indexes take of it. */
import { describeIndexes, memoryFields } from "../query-engine/index-info";
import { isError, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Reply } from "../store/wire";
import type { IndexShare, ServerMemory } from "./schema";

/** INFO memory, of a cluster the sum of all its primaries; null where this Redis user may not ask. */
export async function readServerMemory(store: Store): Promise<ServerMemory | null> {
  const replies = await store.everyNode("INFO", "memory");
  if (replies.some(isError)) return null;
  const servers = replies.map((reply) => ofOneServer(reply as Reply));
  const [first] = servers;
  if (!first) return null;
  const sum = (name: SummedBytes) => servers.reduce((total, server) => total + server[name], 0);
  const [usedBytes, rssBytes] = [sum("usedBytes"), sum("rssBytes")];
  return {
    ...first,
    ...{ usedBytes, rssBytes },
    overheadBytes: sum("overheadBytes"),
    datasetBytes: sum("datasetBytes"),
    peakBytes: sum("peakBytes"),
    // One without a limit has the whole machine.
    maxBytes: servers.every(({ maxBytes }) => maxBytes !== null)
      ? servers.reduce((total, { maxBytes }) => total + (maxBytes ?? 0), 0)
      : null,
    fragmentation: servers.length > 1 ? rssBytes / usedBytes : first.fragmentation,
    primaries: servers.length,
  };
}

type SummedBytes = "usedBytes" | "overheadBytes" | "datasetBytes" | "rssBytes" | "peakBytes";

function ofOneServer(reply: Reply): ServerMemory {
  const lines = toText(reply).split("\r\n");
  const facts = new Map(lines.map((line) => line.split(":", 2) as [string, string]));
  const number = (name: string) => Number(facts.get(name) ?? 0) || 0;
  return {
    usedBytes: number("used_memory"),
    overheadBytes: number("used_memory_overhead"),
    datasetBytes: number("used_memory_dataset"),
    rssBytes: number("used_memory_rss"),
    peakBytes: number("used_memory_peak"),
    maxBytes: number("maxmemory") || null,
    evictionPolicy: facts.get("maxmemory_policy") ?? "",
    fragmentation: number("mem_fragmentation_ratio"),
    primaries: 1,
  };
}

export interface IndexFacts {
  shares: IndexShare[];
  /** Lengths in bytes of the vectors that the indexes over people's keys take. */
  vectorBytes: number[];
}

const COMPONENT_BYTES: Record<string, number> = { FLOAT64: 8, FLOAT32: 4, FLOAT16: 2, BFLOAT16: 2 };

/** The memory indexes; null without a Query Engine, or where it does not answer this Redis user. */
export async function readIndexFacts(store: Store): Promise<IndexFacts | null> {
  const directory = await describeIndexes(store).catch(() => null);
  if (!directory) return null;
  const ours = directory.indexes.filter((index) => index.coversUsers);
  const lengths = ours.flatMap((index) => {
    const vector = memoryFields(index).vector?.vector;
    return vector ? [vector.dimensions * (COMPONENT_BYTES[vector.dataType] ?? 4)] : [];
  });
  return {
    shares: directory.indexes.map((index) => ({
      name: index.name,
      sizeBytes: index.sizes.totalBytes,
      vectorBytes: index.sizes.vectorBytes,
      documents: index.documents,
    })),
    vectorBytes: [...new Set(lengths)].sort((a, b) => a - b),
  };
}

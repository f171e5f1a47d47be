import { env } from "../../env";
import { toArray, toInt } from "../store/reply";
import type { Store } from "../store/store";
import { storeError } from "../store/store-errors";
import type { ConnectionState } from "./schema";

/** Ask both servers for a sign of life. Never throws: down is an answer. */
export async function readConnection(store: Store, consoleStore: Store): Promise<ConnectionState> {
  const [assistant, own] = await Promise.all([probe(store), probe(consoleStore)]);
  const base = {
    checkedAt: Date.now(),
    demo: env().CONSOLE_DEMO,
    ...(own.ok ? {} : { consoleStateDown: true }),
  };
  if (!assistant.ok) {
    return {
      ...base,
      state: "down",
      version: null,
      mode: null,
      primaries: null,
      searchCoversOneShard: false,
      queryEngine: null,
      latencyMs: null,
      clockOffsetMs: 0,
      reason: assistant.reason,
    };
  }
  const capabilities = await store.capabilities().catch(() => null);
  return {
    ...base,
    state: "up",
    version: capabilities?.version ?? null,
    mode: capabilities?.mode ?? null,
    primaries: capabilities?.primaries ?? null,
    searchCoversOneShard: capabilities?.searchCoversOneShard ?? false,
    queryEngine: capabilities?.queryEngine ?? null,
    latencyMs: assistant.latencyMs,
    clockOffsetMs: assistant.clockOffsetMs,
  };
}

type Probe = { ok: true; latencyMs: number; clockOffsetMs: number } | { ok: false; reason: string };

async function probe(store: Store): Promise<Probe> {
  const startedAt = performance.now();
  const sentAt = Date.now();
  try {
    // TIME may be refused to a least-privilege user; PING is what decides.
    const [pong, time] = await store.pipeline([["PING"], ["TIME"]]);
    if (pong instanceof Error) throw pong;
    // Of a cluster one node answered; keys of the others may still be out of reach.
    if (store.state.state === "down") return { ok: false, reason: store.state.reason ?? "not connected" };
    const latencyMs = performance.now() - startedAt;
    if (time instanceof Error) return { ok: true, latencyMs, clockOffsetMs: 0 };
    const [seconds, micros] = toArray(time);
    const serverMs = toInt(seconds) * 1000 + toInt(micros) / 1000;
    return { ok: true, latencyMs, clockOffsetMs: Math.round(serverMs - (sentAt + latencyMs / 2)) };
  } catch (error) {
    return { ok: false, reason: store.state.reason ?? storeError(error)?.message ?? "unexpected answer" };
  }
}

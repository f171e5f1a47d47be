/** What a whole Redis holds, for tests that compare before and after. Knows nothing of the console's own code. */
import { command } from "../../scripts/lib/resp.mjs";
import { toArray, toBuffers, toInt, toText } from "../redis/store/reply";
import type { Store } from "../redis/store/store";
import type { TestServer } from "./redis";

/** All key names, as latin1: one character a byte. The test alone writes, so one SCAN is exact. */
export async function allKeys(store: Store): Promise<string[]> {
  const names = new Set<string>();
  let cursor = "0";
  do {
    const reply = toArray(await store.command("SCAN", cursor, "COUNT", 10_000));
    cursor = toText(reply[0]);
    for (const key of toBuffers(reply[1])) names.add(key.toString("latin1"));
  } while (cursor !== "0");
  return [...names].sort();
}

/**
 * Key → digest of its value and its time of death. DUMP is not stable for equality; this is. Needs a server started
 * with `--enable-debug-command yes`.
 */
export async function snapshot(store: Store): Promise<Map<string, string>> {
  const names = await allKeys(store);
  const keys = names.map((name) => Buffer.from(name, "latin1"));
  const replies: Awaited<ReturnType<Store["pipeline"]>> = [];
  // A connection takes 1,000 commands at once.
  for (let at = 0; at < keys.length; at += 400) {
    const some = keys.slice(at, at + 400);
    const commands = some.flatMap((key) => [
      ["DEBUG", "DIGEST-VALUE", key] as const,
      ["PEXPIRETIME", key] as const,
    ]);
    replies.push(...(await store.pipeline(commands)));
  }
  return new Map(
    names.map((name, at) => {
      const digest = toText(toArray(replies[at * 2])[0]);
      return [name, `${digest} ${toInt(replies[at * 2 + 1])}`];
    }),
  );
}

/** The same of people's keys (texts, all of them) over all servers of a store, past the console; without lives. */
export async function snapshotOf(servers: readonly TestServer[]): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for (const { url } of servers) {
    for (const key of (await command(url, ["KEYS", "user:*"])) as string[]) {
      all.set(key, String(await command(url, ["DEBUG", "DIGEST-VALUE", key])));
    }
  }
  return all;
}

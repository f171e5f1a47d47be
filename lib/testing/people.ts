/** People as assistants write them, for tests that erase one and look at the others. */
import { memoryKey, rateLimitKey, sessionKey } from "../redis/keys";
import { toArray, toInt } from "../redis/store/reply";
import type { Store } from "../redis/store/store";
import type { Command } from "../redis/store/wire";

export const bytes = (text: string) => Buffer.from(text);
export const latin1 = (key: Buffer) => key.toString("latin1");

/** Ids that a careless pattern, query or comparison takes for each other. */
export const TWINS = [
  "1",
  "10",
  "Bob",
  "bob",
  "a",
  "a,b",
  "a*",
  "alice",
  "alice:admin",
  "Alice",
  "al",
  "{alice}",
  "*",
].map(bytes);

/** Everything the tutorial would write for one person, with lives. */
export function personCommands(id: Buffer, sessions = 2, memories = 3): Command[] {
  const commands: Command[] = [];
  for (let n = 0; n < sessions; n += 1) {
    const key = sessionKey(id, bytes(`s${n}`));
    commands.push(["LPUSH", key, `{"type":"human","content":"hello ${n}"}`], ["PEXPIRE", key, 3_600_000 + n]);
  }
  commands.push(["HSETEX", rateLimitKey(id), "EX", 3_600, "FIELDS", 1, "requests_per_hour", 3]);
  for (let n = 0; n < memories; n += 1) {
    const fields = ["user_id", id, "content", `fact ${n}`, "importance", n + 1] as const;
    commands.push(["HSET", memoryKey(id, bytes(n % 2 ? "pref" : "work"), bytes(`00${n}`)), ...fields]);
  }
  return commands;
}

/** The tutorial's index without its vector; `tag` are more words for its user_id. */
export async function createIndex(store: Store, ...tag: string[]): Promise<void> {
  await store.command(
    ...(["FT.CREATE", "idx:preferences", "ON", "HASH", "PREFIX", 1, "user:", "SCHEMA"] as const),
    ...["user_id", "TAG", ...tag, "content", "TEXT", "importance", "NUMERIC"],
  );
}

export async function indexTotal(store: Store, query: string): Promise<number> {
  return toInt(
    toArray(await store.command("FT.SEARCH", "idx:preferences", query, "NOCONTENT", "DIALECT", 2))[0],
  );
}

import { command } from "../../scripts/lib/resp.mjs";

/** A server that has just loaded its data still builds its indexes; a search before the end finds a part. */
export async function waitForIndexes(redisUrl: string) {
  const names: string[] = await command(redisUrl, ["FT._LIST"]).catch(() => []);
  for (const name of names) {
    for (let waitedMs = 0; waitedMs < 20_000; waitedMs += 50) {
      const info: unknown[] = await command(redisUrl, ["FT.INFO", name]);
      if (Number(info[info.indexOf("indexing") + 1]) === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Takes the indexes out of the server's files, so that a server without the Query Engine can load them. */
export async function dropIndexes(redisUrl: string) {
  const names: string[] = await command(redisUrl, ["FT._LIST"]);
  for (const name of names) await command(redisUrl, ["FT.DROPINDEX", name]);
  // As commands: the binary form holds a note by the module, even when it has nothing to keep.
  await command(redisUrl, ["CONFIG", "SET", "aof-use-rdb-preamble", "no"]);
  await command(redisUrl, ["BGREWRITEAOF"]);
  for (let waitedMs = 0; waitedMs < 10_000; waitedMs += 50) {
    const info = String(await command(redisUrl, ["INFO", "persistence"]));
    if (/aof_rewrite_in_progress:0/.test(info) && /aof_rewrite_scheduled:0/.test(info)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

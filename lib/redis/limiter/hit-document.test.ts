/** docs/hit-rate-limit.md is what authors of assistants copy from: its lines are sent as they stand, byte for byte. */
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseReply } from "../../../scripts/lib/resp.mjs";
import { testRedis } from "../../testing/redis";
import { rateLimitKey } from "../keys";
import { Store } from "../store/store";
import { rateLimitWindows } from "./config";
import { hitCommands, hitRateLimit } from "./hit";

const text = readFileSync(new URL("../../../docs/hit-rate-limit.md", import.meta.url), "utf8");
const written = /```redis\n([\s\S]*?)```/.exec(text)![1]!;
const lines = written.trimEnd().split("\n");
const userId = Buffer.from("alice");
const other = Buffer.from("bob");

const redis = testRedis({ queryEngine: false });
let store: Store;
let wire: Socket;

beforeAll(async () => {
  store = new Store(redis.url());
  const { port } = redis.server();
  wire = connect(port, "127.0.0.1");
  await new Promise((resolve) => wire.once("connect", resolve));
});
afterAll(() => {
  wire.destroy();
  store.close();
});

/** What is typed, without a client in between: Redis takes plain lines. @returns the replies, one per line */
function send(typed: string): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const listen = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const replies: unknown[] = [];
      for (let from = 0; replies.length < lines.length; ) {
        const reply = parseReply(bytes, from);
        if (!reply) return;
        replies.push(reply.value);
        from = reply.end;
      }
      wire.off("data", listen);
      resolve(replies);
    };
    wire.on("data", listen);
    wire.once("error", reject);
    wire.write(typed);
  });
}

it("says in the document what the function sends", () => {
  const sent = hitCommands(userId, rateLimitWindows()).map((command) => command.map(String).join(" "));
  expect(lines).toEqual(["MULTI", ...sent, "EXEC"]);
});

it("counts by the document as it counts by the function, in turns", async () => {
  for (let n = 1; n <= 5; n++) {
    const replies = await send(written);
    expect(replies[0]).toBe("OK");
    expect(replies.slice(1, -1)).toEqual(Array(9).fill("QUEUED"));
    const exec = replies.at(-1) as [number, [number], [number]];
    const mine = await hitRateLimit(store, store, { userId });
    // The function has counted the same counters once more, and the same ones of somebody else by itself.
    const alone = await hitRateLimit(store, store, { userId: other });
    rateLimitWindows().forEach(({ seconds }, at) => {
      const [count, [begun], [pttlMs]] = exec.slice(at * 3, at * 3 + 3) as typeof exec;
      expect([count, begun]).toEqual([n * 2 - 1, n === 1 ? 1 : 0]);
      expect(mine.windows[at]).toMatchObject({ count: n * 2 });
      expect(alone.windows[at]).toMatchObject({ count: n });
      expect(pttlMs).toBeLessThanOrEqual(seconds * 1000);
      expect(pttlMs - mine.windows[at]!.resetInMs).toBeGreaterThanOrEqual(0);
      expect(pttlMs - mine.windows[at]!.resetInMs).toBeLessThan(1_000);
    });
  }
});

it("heals by the document a counter that had lost its life", async () => {
  await store.command("HSET", rateLimitKey(userId), "requests_per_hour", 75);
  const exec = (await send(written)).at(-1) as unknown[];
  expect(exec.slice(3, 5)).toEqual([76, [1]]);
  expect((exec[5] as [number])[0]).toBeGreaterThan(3_599_000);
});

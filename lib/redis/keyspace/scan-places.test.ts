import { afterAll, beforeAll, expect, test } from "vitest";
import { startRedisServer, type TestServer } from "../../testing/redis";
import { everyUserPattern } from "../keys";
import { Store } from "../store/store";
import { isStillThere, type ScanPlace, scanFrom } from "./scan-places";

let server: TestServer;
let store: Store;
const KEYS = 3_000;
beforeAll(async () => {
  server = await startRedisServer({ queryEngine: false, appendOnly: true });
  store = new Store(server.url);
  for (let at = 0; at < KEYS; at += 500) {
    await store.pipeline(
      Array.from({ length: 500 }, (_, one) => ["SET", `user:u:pref:${at + one}`, "x"] as const),
    );
  }
  await store.command("SET", "other", "x");
});
afterAll(async () => {
  store.close();
  await server.remove();
});

async function walk(from: ScanPlace | null, batches = Number.POSITIVE_INFINITY) {
  const names = new Set<string>();
  let place = from;
  for await (const batch of scanFrom(store, everyUserPattern(), { from, count: 100 })) {
    for (const key of batch.keys) names.add(key.toString());
    place = batch.place;
    batches -= 1;
    if (batches === 0) break;
  }
  return { names, place };
}

test("left anywhere and gone on with, it sees every key; at its end there is nothing more", async () => {
  const first = await walk(null, 7);
  const second = await walk(JSON.parse(JSON.stringify(first.place)));
  expect(first.names.size).toBeLessThan(KEYS);
  expect(new Set([...first.names, ...second.names]).size).toBe(KEYS);
  expect(second.names.size).toBeLessThan(KEYS);
  expect((await walk(second.place)).names.size).toBe(0);
});

test("after a restart a place means nothing, and the walk begins anew", async () => {
  const { place } = await walk(null, 7);
  expect(await isStillThere(store, place!)).toBe(true);
  await server.stop();
  await server.start();
  for (let tries = 0; tries < 100; tries += 1) {
    if (await store.command("PING").catch(() => null)) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(await isStillThere(store, place!)).toBe(false);
  expect((await walk(place)).names.size).toBe(KEYS);
});

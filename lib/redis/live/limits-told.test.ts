/** Two processes of the console over one store: what one sets, the open pages of the other are told. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { command } from "../../../scripts/lib/resp.mjs";
import { testRedis } from "../../testing/redis";
import { until } from "../jobs/test-kit";
import { changesOf, type Notice } from "../keyspace/changes";
import { hitRateLimit } from "../limiter/hit";
import { clearLimitOverride, setDefaultLimit, setLimitOverride } from "../rate-limits/settings";
import { Store } from "../store/store";
import { limitsToldOf } from "./limits-told";

const redis = testRedis({ queryEngine: false });
const state = testRedis({ queryEngine: false });
const userId = Buffer.from("alice");
const minute = { window: "minute", setBy: "Dora" };
const stores: Store[] = [];
const storeOf = (url: string) => {
  const store = new Store(url);
  stores.push(store);
  return store;
};
let store: Store;
let consoleStore: Store;
let elsewhere: Store;
let told: Notice[] = [];

beforeAll(async () => {
  [store, consoleStore, elsewhere] = [storeOf(redis.url()), storeOf(state.url()), storeOf(state.url())];
  changesOf(store).onNotice((notice) => told.push(notice));
  limitsToldOf(store, consoleStore).start();
  await until(async () => {
    await setDefaultLimit(elsewhere, { ...minute, limit: 60 });
    return told.length > 0;
  });
});
afterAll(() => {
  limitsToldOf(store, consoleStore).stop();
  for (const one of stores) one.close();
});
beforeEach(async () => {
  await new Promise((resolve) => setTimeout(resolve, 50));
  told = [];
});

test("a limit that another process sets is told, and holds for the next request here", async () => {
  const before = await hitRateLimit(store, consoleStore, { userId });
  expect(before.windows[0]).toMatchObject({ name: "minute", limit: 60 });
  await setLimitOverride(elsewhere, { ...minute, limit: 7, userId });
  await until(() => told.length > 0);
  expect(told[0]).toEqual({ kind: "limits" });
  const after = await hitRateLimit(store, consoleStore, { userId });
  expect(after.windows[0]).toMatchObject({ limit: 7, limitSource: "override" });
  told = [];
  await clearLimitOverride(elsewhere, { ...minute, userId });
  await until(() => told.length > 0);
});

test("the end of one is told", async () => {
  await setLimitOverride(elsewhere, { ...minute, limit: 7, userId, untilMs: Date.now() + 1_500 });
  await until(() => told.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 150));
  told = [];
  await until(() => told.length > 0);
  const [window] = (await hitRateLimit(store, consoleStore, { userId })).windows;
  expect(window).toMatchObject({ limit: 60, limitSource: "default" });
});

test("other state of the console is told to nobody", async () => {
  await command(state.url(), ["SET", "console:operators:x", "1"]);
  await command(state.url(), ["SET", "user:alice:note", "1"]);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(told).toEqual([]);
});

test("after the connection was lost, what may have been set meanwhile is told once", async () => {
  await command(state.url(), ["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"]);
  await until(() => told.length > 0);
  expect(told).toEqual([{ kind: "limits" }]);
});

test("who may not be told is not, and nothing else fails", async () => {
  await command(state.url(), [
    "ACL",
    "SETUSER",
    "narrow",
    "on",
    ">narrow",
    "~*",
    "+@all",
    "-client|tracking",
  ]);
  const url = new URL(state.url());
  url.username = "narrow";
  url.password = "narrow";
  const narrow = storeOf(url.toString());
  const own = storeOf(redis.url());
  const heard: Notice[] = [];
  changesOf(own).onNotice((notice) => heard.push(notice));
  const follower = limitsToldOf(own, narrow);
  follower.start();
  await setLimitOverride(elsewhere, { ...minute, limit: 9, userId });
  await until(() => told.length > 0);
  const [window] = (await hitRateLimit(own, narrow, { userId })).windows;
  expect(window?.limit).toBe(9);
  expect(heard).toEqual([]);
  follower.stop();
});

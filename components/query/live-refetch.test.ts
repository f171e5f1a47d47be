import { setTimeout as sleep } from "node:timers/promises";
import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ConsoleError } from "./console-error";
import { LiveRefetch } from "./live-refetch";
import { aboutUser, type LiveTopic } from "./live-topics";

let client: QueryClient;
let refetch: LiveRefetch;
let leave: (() => void)[];

beforeEach(() => {
  client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: 1_000, gcTime: 60_000 } },
  });
  refetch = new LiveRefetch(client);
  leave = [];
});
afterEach(() => {
  refetch.stop();
  for (const off of leave) off();
  client.clear();
});

/** A page that shows `name`, a store that answers with how often it was written, and how often it was read. */
async function shown(name: string, live: readonly LiveTopic[] | undefined, tookMs = 5) {
  const store = { written: 0, reads: 0, reading: 0, atOnce: 0, fails: false };
  const observer = new QueryObserver(client, {
    queryKey: [name],
    meta: { live },
    queryFn: async () => {
      store.reads += 1;
      store.reading += 1;
      store.atOnce = Math.max(store.atOnce, store.reading);
      const { written, fails } = store;
      await sleep(tookMs);
      store.reading -= 1;
      if (fails) throw new ConsoleError({ code: "store_unreachable", message: "away" });
      return written;
    },
  });
  const off = observer.subscribe(() => {});
  leave.push(off);
  await sleep(tookMs + 30);
  return { store, off, data: () => client.getQueryData([name]) };
}

const ann = { class: "sessions", userRef: "ann" } as const;

test("a change reads again at once what it concerns, and nothing else", async () => {
  const [sessions, others, plain] = [
    await shown("ann", [aboutUser("sessions", "ann")]),
    await shown("bob", [aboutUser("sessions", "bob")]),
    await shown("plain", undefined),
  ];
  sessions.store.written = 1;
  refetch.changed([ann]);
  await sleep(50);
  expect(sessions.data()).toBe(1);
  expect([sessions.store.reads, others.store.reads, plain.store.reads]).toEqual([2, 1, 1]);
});

test("10,000 changes in a second are a few reads, one at a time, and the last is after the last change", async () => {
  const page = await shown("ann", [aboutUser("sessions", "ann")], 20);
  const endsAt = performance.now() + 1_000;
  while (performance.now() < endsAt) {
    for (let at = 0; at < 100; at++) {
      page.store.written += 1;
      refetch.changed([ann]);
    }
    await sleep(10);
  }
  page.store.written += 1;
  refetch.changed([ann]);
  await sleep(600);
  expect(page.data()).toBe(page.store.written);
  expect(page.store.reads).toBeLessThanOrEqual(8);
  expect(page.store.atOnce).toBe(1);
});

test("a change during a read is read after it", async () => {
  const page = await shown("ann", [aboutUser("sessions", "ann")], 100);
  refetch.changed([ann]);
  await sleep(20);
  page.store.written = 1;
  refetch.changed([ann]);
  await sleep(1_200);
  expect(page.data()).toBe(1);
  expect(page.store.reads).toBe(3);
});

test("the page's own read that was under way when something changed is followed by another", async () => {
  const page = await shown("ann", [aboutUser("sessions", "ann")], 100);
  void client.refetchQueries({ queryKey: ["ann"] });
  await sleep(20);
  page.store.written = 1;
  refetch.changed([ann]);
  await sleep(400);
  expect(page.data()).toBe(1);
  expect(page.store.atOnce).toBe(1);
});

test("what nobody looks at is read when somebody comes back to it", async () => {
  const page = await shown("ann", [aboutUser("sessions", "ann")]);
  page.off();
  page.store.written = 1;
  refetch.changed([ann]);
  await sleep(50);
  expect(page.store.reads).toBe(1);
  expect(client.getQueryState(["ann"])?.isInvalidated).toBe(true);
});

test("a resync reads every live query once", async () => {
  const [live, feed, plain] = [
    await shown("ann", [aboutUser("sessions", "ann")]),
    await shown("feed", [{ class: "feed", userRef: null }]),
    await shown("plain", undefined),
  ];
  refetch.everything();
  expect(refetch.isReading()).toBe(true);
  await sleep(50);
  expect(refetch.isReading()).toBe(false);
  expect([live.store.reads, feed.store.reads, plain.store.reads]).toEqual([2, 2, 1]);
});

test("what could not be read is tried again, what was refused for good is not", async () => {
  const page = await shown("ann", [aboutUser("sessions", "ann")]);
  page.store.fails = true;
  refetch.changed([ann]);
  await sleep(50);
  refetch.failed();
  await sleep(400);
  expect(page.store.reads).toBe(3);
  page.store.fails = false;
  refetch.failed();
  await sleep(400);
  expect(client.getQueryState(["ann"])?.status).toBe("success");
  refetch.failed();
  await sleep(50);
  expect(page.store.reads).toBe(4);
});

/** As the server sends it along: read some time ago, and not known to be old. */
const brought = (name: string, agoMs: number) =>
  client.setQueryData([name], 0, { updatedAt: Date.now() - agoMs });

test("what was read on the server before something was told is read again as soon as it is shown", async () => {
  brought("ann", 300);
  refetch.everything();
  const page = await shown("ann", [aboutUser("sessions", "ann")]);
  expect(page.store.reads).toBe(1);
});

test("so it is for what was told of one person, and for nobody else's", async () => {
  refetch.changed([ann]);
  brought("ann", 300);
  brought("bob", 300);
  const [mine, others] = [
    await shown("ann", [aboutUser("sessions", "ann")]),
    await shown("bob", [aboutUser("sessions", "bob")]),
  ];
  expect([mine.store.reads, others.store.reads]).toEqual([1, 0]);
});

test("what was read after it was told is not read again", async () => {
  refetch.everything();
  brought("ann", -10_000);
  const page = await shown("ann", [aboutUser("sessions", "ann")]);
  expect(page.store.reads).toBe(0);
});

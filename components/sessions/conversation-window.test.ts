import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SessionMessage } from "@/lib/redis/sessions/schema";
import {
  type ConversationWindow,
  joinNewest,
  joinPage,
  newerThan,
  openWindow,
  placeOf,
  withoutMessage,
} from "./conversation-window";

/** A list as Redis holds it, oldest first: each text is its own digest. */
function page(list: readonly string[], from: number, to = list.length) {
  const messages = list.slice(from, to).map(
    (text, index): SessionMessage => ({
      position: from + index,
      digest: text,
      mark: text,
      sizeBytes: text.length,
      kind: "human",
      text,
      cut: false,
      timestampMs: null,
    }),
  );
  return { length: list.length, newestDigest: list.at(-1) ?? "", oldestDigest: list[0] ?? "", messages };
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `m${from + at}`);
const texts = (window: ConversationWindow) => window.items.map(({ text }) => text);

function expectRun(window: ConversationWindow) {
  expect(window.items.map(({ position }) => position)).toEqual(
    window.items.map((_, at) => window.first + at),
  );
  const keys = window.items.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
}

describe("joinNewest", () => {
  it("adds what came, and keeps every key", () => {
    const window = openWindow(page(numbers(0, 100), 40));
    const next = joinNewest(window, page(numbers(0, 103), 43), false);
    expect(texts(next)).toEqual(numbers(40, 103));
    expect(next.items.slice(0, 60).map(({ key }) => key)).toEqual(window.items.map(({ key }) => key));
    expect(next).toMatchObject({ arrived: 3, restarts: 0 });
    expectRun(next);
  });

  it("follows a list that is trimmed while it grows", () => {
    const window = openWindow(page(numbers(0, 30), 0));
    const next = joinNewest(window, page(numbers(4, 34), 0), false);
    expect(texts(next)).toEqual(numbers(4, 34));
    expect(next.items[0]!.key).toBe(window.items[4]!.key);
    expect(next).toMatchObject({ first: 0, arrived: 4, restarts: 0 });
    expectRun(next);
  });

  it("keeps older messages that are still there when the oldest are trimmed", () => {
    const window = openWindow(page(numbers(0, 200), 100));
    const next = joinNewest(window, page(numbers(50, 200), 90), false);
    expect(next).toMatchObject({ first: 50, length: 150, arrived: 0 });
    expect(texts(next)).toEqual(numbers(100, 200));
    expectRun(next);
  });

  it("keeps nothing that was readable once the page comes masked, wherever the reader is", () => {
    const list = numbers(0, 200);
    const masked = list.map((_, at) => `masked ${at}`);
    for (const following of [true, false]) {
      const next = joinNewest(openWindow(page(list, 20)), page(masked, 140), following);
      expect(texts(next)).toEqual(masked.slice(140));
      expect(next.restarts).toBe(1);
    }
    const scrolledUp = openWindow(page(list, 0, 60));
    expect(texts(joinNewest(scrolledUp, page(masked, 140), false))).toEqual(masked.slice(140));
  });

  it("leaves a reader who scrolled up where they are when more came than a page holds", () => {
    const window = openWindow(page(numbers(0, 100), 40));
    const next = joinNewest(window, page(numbers(0, 500), 440), false);
    expect(texts(next)).toEqual(numbers(40, 100));
    expect(newerThan(next)).toBe(400);
    expect(next.arrived).toBe(400);
  });

  it("goes on with the newest for a reader at the end", () => {
    const next = joinNewest(openWindow(page(numbers(0, 100), 40)), page(numbers(0, 500), 440), true);
    expect(texts(next)).toEqual(numbers(440, 500));
    expect(newerThan(next)).toBe(0);
    expectRun(next);
  });

  it("begins anew when nothing fits", () => {
    const window = openWindow(page(numbers(0, 20), 0));
    const next = joinNewest(window, page(["other", "list"], 0), false);
    expect(texts(next)).toEqual(["other", "list"]);
    expect(next.restarts).toBe(1);
    expect(next.items[0]!.key).toBeGreaterThan(window.items.at(-1)!.key);
  });

  it("drops newest messages that were taken away", () => {
    const next = joinNewest(openWindow(page(numbers(0, 20), 0)), page(numbers(0, 15), 0), true);
    expect(texts(next)).toEqual(numbers(0, 15));
    expect(next.arrived).toBe(0);
  });

  it("takes twins for what they are", () => {
    const twins = Array(10).fill("same") as string[];
    const next = joinNewest(openWindow(page(twins, 0)), page([...twins, "same", "same"], 0), true);
    expect(next.items).toHaveLength(12);
    expectRun(next);
  });

  it("shows the list as it is, whatever assistants push and trim", () => {
    const steps = fc.array(fc.record({ push: fc.nat(30), keep: fc.integer({ min: 1, max: 80 }) }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(steps, fc.boolean(), (changes, following) => {
        let [from, to] = [0, 40];
        let window = openWindow(page(numbers(from, to), 0));
        for (const { push, keep } of changes) {
          to += push;
          from = Math.max(from, to - keep);
          const list = numbers(from, to);
          window = joinNewest(window, page(list, Math.max(0, list.length - 20)), following);
          expectRun(window);
          // No hole and nothing invented: the window is a part of the list, in its place.
          expect(texts(window)).toEqual(list.slice(window.first, window.first + window.items.length));
          if (following) expect(newerThan(window)).toBe(0);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("joinPage", () => {
  it("grows at both ends", () => {
    const list = numbers(0, 100);
    let window = openWindow(page(list, 40, 60));
    expect(newerThan(window)).toBe(40);
    window = joinPage(window, page(list, 20, 40));
    window = joinPage(window, page(list, 60, 80));
    expect(texts(window)).toEqual(numbers(20, 80));
    expectRun(window);
  });

  it("ignores a page that does not fit, or of a list that was trimmed meanwhile", () => {
    const window = openWindow(page(numbers(0, 100), 40, 60));
    expect(joinPage(window, page(numbers(0, 100), 10, 30))).toBe(window);
    expect(joinPage(window, page(numbers(1, 100), 20, 40))).toBe(window);
    expect(joinPage(window, page(numbers(0, 100), 40, 40))).toBe(window);
  });
});

describe("withoutMessage", () => {
  it("moves newer messages down, and fits the next look", () => {
    const list = numbers(0, 10);
    const window = openWindow(page(list, 0));
    for (const gone of [0, 4, 9]) {
      const left = list.filter((_, at) => at !== gone);
      const next = withoutMessage(window, window.items[gone]!.key);
      expect(texts(next)).toEqual(left);
      expectRun(next);
      const again = joinNewest(next, page(left, 0), false);
      expect(again.restarts).toBe(0);
      expect(again.items.map(({ key }) => key)).toEqual(next.items.map(({ key }) => key));
    }
  });
});

describe("placeOf", () => {
  it("follows a message to where it stands after another one was taken out", () => {
    const window = openWindow(page(numbers(0, 60), 0));
    const was = { position: 50, mark: "m50" };
    expect(placeOf(window, was)).toBe(50);
    expect(placeOf(withoutMessage(window, window.items[10]!.key), was)).toBe(49);
    expect(placeOf(withoutMessage(window, window.items[50]!.key), was)).toBeNull();
  });

  it("takes the nearest of twins", () => {
    const window = openWindow(page(["ok", "a", "b", "ok", "c"], 0));
    expect(placeOf(window, { position: 4, mark: "ok" })).toBe(3);
  });
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { timeLeft } from "./countdown-text";
import { phasesOf, Ticks } from "./ticks";

beforeEach(() => void vi.useFakeTimers({ now: 1_717_935_000_313 }));
afterEach(() => void vi.useRealTimers());

const ticksOf = () => {
  const ticks = new Ticks(Date.now);
  ticks.start();
  return ticks;
};

test("a countdown tells the nearest second, whatever the phase of its end, and 0:00 only when it is over", () => {
  const ticks = ticksOf();
  for (const lifeMs of [3_000, 3_001, 3_499, 3_500, 3_687, 3_999]) {
    const endMs = Date.now() + lifeMs;
    const phases = phasesOf([endMs]);
    let text = timeLeft(endMs - ticks.at(phases));
    const stop = ticks.subscribe(phases, () => {
      text = timeLeft(endMs - ticks.at(phases));
    });
    for (let at = 0; at < lifeMs + 1_500; at += 1) {
      const leftMs = Math.max(0, endMs - Date.now());
      const saidMs = Number(/^0:(\d\d)$/.exec(text)![1]) * 1000;
      expect(saidMs - leftMs).toBeGreaterThanOrEqual(-500);
      expect(saidMs - leftMs).toBeLessThan(leftMs < 500 ? 1_000 : 501);
      expect(saidMs === 0).toBe(leftMs === 0);
      vi.advanceTimersByTime(1);
    }
    stop();
  }
  expect(vi.getTimerCount()).toBe(0);
});

test("what has several ends ticks at the moments of each, what has none at full seconds", () => {
  const ticks = ticksOf();
  const heard: number[] = [];
  ticks.subscribe(phasesOf([Date.now() + 200, Date.now() + 5_200, Date.now() + 700, null]), () =>
    heard.push(Date.now() % 1000),
  );
  vi.advanceTimersByTime(1_000);
  expect(heard).toEqual([513, 13]);
  const full: number[] = [];
  ticks.subscribe(phasesOf([null]), () => full.push(Date.now() % 1000));
  vi.advanceTimersByTime(1_000);
  expect(full).toEqual([0]);
});

test("between two ticks the time stands still, also for what was drawn and not listened to yet", () => {
  const ticks = new Ticks(Date.now);
  expect(ticks.at([500])).toBe(0);
  ticks.start();
  const first = ticks.at([500]);
  expect(first).toBe(Date.now());
  vi.advanceTimersByTime(150);
  expect(ticks.at([500])).toBe(first);
  ticks.subscribe([500], () => {});
  expect(ticks.at([500])).toBe(Date.now());
});

test("a timer that comes early is set again: the second is not told before its time", () => {
  let skewMs = 0;
  const ticks = new Ticks(() => Date.now() + skewMs);
  ticks.start();
  const heard: number[] = [];
  ticks.subscribe([500], () => heard.push(ticks.at([500]) % 1000));
  skewMs = -3;
  vi.advanceTimersByTime(200);
  expect(heard).toEqual([497, 500]);
});

test("nothing ticks while nobody looks, and everything at once when somebody looks again", () => {
  const ticks = ticksOf();
  let heard = 0;
  ticks.subscribe([0], () => {
    heard += 1;
  });
  ticks.stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(5_000);
  expect(heard).toBe(0);
  ticks.start();
  expect(heard).toBe(1);
  expect(ticks.at([0])).toBe(Date.now());
});

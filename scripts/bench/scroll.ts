/**
 * How smoothly a session of 100,000 messages scrolls from the newest message up, and what that leaves in the browser.
 *
 *     REDIS_URL=redis://127.0.0.1:6379 CONSOLE_URL=http://127.0.0.1:3000 npx tsx scripts/bench/scroll.ts
 *
 * Against a console of the demo that runs on that Redis. A mouse wheel is turned in Chromium without a pause; a frame
 * is the time between two of the browser's own (requestAnimationFrame). How long the page's own thread worked for one
 * does not depend on what else the machine does. The page's elements and its heap are counted before and after, both
 * times when what is not needed any more has been collected.
 *
 * Writes for a person of its own, whose keys it removes at the end.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type CDPSession, chromium, type Page } from "playwright";
import { createClient } from "redis";
import { ensureBrowser } from "../lib/browser.mjs";
import { percentile } from "../lib/percentile.mjs";
import { PROJECT_ROOT } from "../lib/project.mjs";

const TARGET_P95_MS = 50;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 30);
const MESSAGES = 100_000;
/** Two notches of a wheel, thirty times a second. */
const WHEEL = { px: -240, everyMs: 33 };
const PERSON = "bench-scroll";
const KEY = `user:${PERSON}:history:long`;

const redisUrl = process.env.REDIS_URL ?? "redis://127.0.0.1:6379";
const consoleUrl = process.env.CONSOLE_URL ?? "http://127.0.0.1:3000";

const redis = createClient({ url: redisUrl }).on("error", () => {});
await redis.connect();
const browser = await chromium.launch({
  executablePath: await ensureBrowser(PROJECT_ROOT, () => {}),
  args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-gpu", "--disable-quic"],
});
try {
  await write();
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(`${consoleUrl}/sign-in`);
  await page.getByRole("button", { name: "Developer" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await page.goto(`${consoleUrl}/users/by-id/${PERSON}`);
  await page.goto(`${page.url()}/sessions`);
  const pane = page.getByRole("region", { name: "Conversation" });
  await pane.getByText(`Message ${MESSAGES - 1}:`).waitFor();
  await sleep(2_000);

  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  /** ms of the thread's own time so far */
  const worked = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return 1_000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  };

  const still = await frames(page, 3, async () => sleep(3_000));
  const before = await weight(page, devtools);
  const box = (await pane.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const workedBefore = await worked();
  const moving = await frames(page, SECONDS, async () => {
    const endsAt = performance.now() + SECONDS * 1_000;
    while (performance.now() < endsAt) {
      const next = sleep(WHEEL.everyMs);
      await page.mouse.wheel(0, WHEEL.px);
      await next;
    }
  });
  const workMs = (await worked()) - workedBefore;
  await sleep(1_000);
  const after = await weight(page, devtools);
  const top = await pane.locator("li").first().getAttribute("aria-posinset");

  console.log(
    `Scrolling: ${MESSAGES.toLocaleString("en")} messages, ${SECONDS} s of the wheel; ms of a frame`,
  );
  console.log(row(["", "frames", "p50", "p95", "p99", "longest"]));
  for (const [name, times] of Object.entries({ still, moving })) {
    const cells = [0.5, 0.95, 0.99, 1].map((share) => percentile(times, share).toFixed(1));
    console.log(row([name, String(times.length), ...cells]));
  }
  console.log(`The page's own thread worked ${(workMs / moving.length).toFixed(1)} ms for a frame.`);
  console.log(`It went up ${(MESSAGES - Number(top)).toLocaleString("en")} messages.`);
  console.log(row(["", "elements", "heap MB"]));
  for (const [name, { elements, heapBytes }] of Object.entries({ before, after })) {
    console.log(row([name, String(elements), (heapBytes / 1e6).toFixed(1)]));
  }
  const p95 = percentile(moving, 0.95);
  console.log(`${p95 <= TARGET_P95_MS ? "met" : "NOT MET"}: p95 of a frame ≤ ${TARGET_P95_MS} ms`);
  if (p95 > TARGET_P95_MS) process.exitCode = 1;
} finally {
  await browser.close();
  await redis.unlink(KEY);
  redis.destroy();
}

async function write(): Promise<void> {
  await redis.unlink(KEY);
  const startedAt = Math.floor(Date.now() / 1000) - MESSAGES;
  for (let from = 0; from < MESSAGES; from += 1_000) {
    const messages = Array.from({ length: 1_000 }, (_, index) => {
      const at = from + index;
      const content = `Message ${at}: ${"a few words more ".repeat((at * 7) % 40)}${at % 11 === 0 ? "\n- a list\n- of two" : ""}`;
      return JSON.stringify({ type: at % 2 === 0 ? "human" : "ai", content, timestamp: startedAt + at });
    });
    await redis.lPush(KEY, messages);
  }
}

/** @returns ms between each two frames of the page while `work` goes on */
async function frames(page: Page, seconds: number, work: () => Promise<unknown>): Promise<number[]> {
  // No function with a name in here: what compiles this file would mark it with a helper that the page has not.
  const times = page.evaluate(async (ms) => {
    const found: number[] = [];
    const endsAt = performance.now() + ms;
    for (let last = await new Promise(requestAnimationFrame); last < endsAt; ) {
      const now = await new Promise(requestAnimationFrame);
      found.push(now - last);
      last = now;
    }
    return found;
  }, seconds * 1_000);
  await work();
  return times;
}

async function weight(page: Page, devtools: CDPSession): Promise<{ elements: number; heapBytes: number }> {
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  return { elements: await page.locator("*").count(), heapBytes: usedSize };
}

function row([name = "", ...cells]: string[]): string {
  return name.padEnd(10) + cells.map((cell) => cell.padStart(10)).join("");
}

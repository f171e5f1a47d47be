/**
 * How long a session takes from the click on it until it is on the screen, a short one and a very long one.
 *
 *     REDIS_URL=redis://127.0.0.1:6379 CONSOLE_URL=http://127.0.0.1:3000 npx tsx scripts/bench/sessions.ts
 *
 * Against a console of the demo that runs on that Redis. From the click's own time in Chromium to the frame after
 * the one in which the newest message stood in the page. The page is loaded anew for every click, so that nothing of
 * the session is in the browser; the two take turns.
 *
 * Writes for a person of its own, whose keys it removes at the end.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type CDPSession, chromium, type Locator, type Page } from "playwright";
import { createClient } from "redis";
import { ensureBrowser } from "../lib/browser.mjs";
import { percentile } from "../lib/percentile.mjs";
import { PROJECT_ROOT } from "../lib/project.mjs";

const TARGET_P95_MS = 100;
const TARGET_RATIO = 1.3;
const CLICKS = Number(process.env.BENCH_CLICKS ?? 40);
/** Clicks before those that count: the server's first answers compile. */
const WARM_UP = 3;
const PERSON = "bench-sessions";
const SESSIONS = { short: 200, long: 100_000, open: 2 } as const;
type Name = keyof typeof SESSIONS;

const redisUrl = process.env.REDIS_URL ?? "redis://127.0.0.1:6379";
const consoleUrl = process.env.CONSOLE_URL ?? "http://127.0.0.1:3000";
const keyOf = (name: Name) => `user:${PERSON}:history:${name}`;
const newestOf = (name: Name) => `the newest of ${name}`;

const redis = createClient({ url: redisUrl }).on("error", () => {});
await redis.connect();
const browser = await chromium.launch({
  executablePath: await ensureBrowser(PROJECT_ROOT, () => {}),
  args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-gpu", "--disable-quic"],
});
try {
  for (const name of Object.keys(SESSIONS) as Name[]) await write(name);
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(`${consoleUrl}/sign-in`);
  await page.getByRole("button", { name: "Developer" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await page.goto(`${consoleUrl}/users/by-id/${PERSON}`);
  const person = new URL(page.url()).pathname;

  const devtools = await page.context().newCDPSession(page);
  const times: Record<"short" | "long", number[]> = { short: [], long: [] };
  for (let at = -WARM_UP; at < CLICKS; at += 1) {
    for (const name of ["short", "long"] as const) {
      const ms = await clickToScreen(page, devtools, person, name);
      if (at >= 0) times[name].push(ms);
    }
  }
  console.log(`Sessions: ${CLICKS} clicks each, ms from the click until its newest message is drawn`);
  console.log(row(["", "messages", "p50", "p95"]));
  const p95 = { short: 0, long: 0 };
  for (const name of ["short", "long"] as const) {
    p95[name] = percentile(times[name], 0.95);
    const cells = [percentile(times[name], 0.5), p95[name]].map((ms) => ms.toFixed(1));
    console.log(row([name, SESSIONS[name].toLocaleString("en"), ...cells]));
  }
  const ratio = percentile(times.long, 0.5) / percentile(times.short, 0.5);
  judge(`p95 of the short one ≤ ${TARGET_P95_MS} ms`, p95.short <= TARGET_P95_MS);
  judge(
    `the long one takes ${ratio.toFixed(2)} × of it (p50), target ≤ ${TARGET_RATIO}`,
    ratio <= TARGET_RATIO,
  );
} finally {
  await browser.close();
  await redis.unlink((Object.keys(SESSIONS) as Name[]).map(keyOf));
  redis.destroy();
}

async function write(name: Name): Promise<void> {
  const count = SESSIONS[name];
  await redis.unlink(keyOf(name));
  // The session with the latest message is the one that the page opens by itself.
  const startedAt = Math.floor(Date.now() / 1000) - count - (name === "open" ? 0 : 60);
  for (let from = 0; from < count; from += 1_000) {
    const size = Math.min(1_000, count - from);
    const messages = Array.from({ length: size }, (_, index) => {
      const at = from + index;
      const content =
        at === count - 1 ? newestOf(name) : `Message ${at}: ${"a few words more ".repeat(at % 9)}`;
      return JSON.stringify({ type: at % 2 === 0 ? "human" : "ai", content, timestamp: startedAt + at });
    });
    await redis.lPush(keyOf(name), messages);
  }
}

async function clickToScreen(
  page: Page,
  devtools: CDPSession,
  person: string,
  name: "short" | "long",
): Promise<number> {
  await page.goto(`${consoleUrl}${person}/sessions`);
  const list = page.getByRole("region", { name: "Sessions" });
  await page
    .getByRole("region", { name: "Conversation" })
    .getByText(newestOf("open"), { exact: true })
    .waitFor();
  // Nobody loads a page ninety times in a tab: a collection of what the earlier loads left, in the middle of one click in
  // thirty, took 100 to 300 ms.
  await devtools.send("HeapProfiler.collectGarbage");
  // What the page does by itself after loading is not what is measured.
  await sleep(300);
  // No function with a name in here: what compiles this file would mark it with a helper that the page has not.
  const drawn = page.evaluate(async (text) => {
    let clickedAt = 0;
    addEventListener("click", (event) => (clickedAt = event.timeStamp), { capture: true, once: true });
    for (;;) {
      await new Promise(requestAnimationFrame);
      const pane = document.querySelector('section[aria-label="Conversation"]');
      if (clickedAt > 0 && pane?.textContent?.includes(text)) break;
    }
    // The frame that has just begun is drawn when the next one begins.
    await new Promise(requestAnimationFrame);
    return performance.now() - clickedAt;
  }, newestOf(name));
  await rowOf(list, name).click();
  return drawn;
}

function rowOf(list: Locator, name: Name): Locator {
  return list.getByRole("link").filter({ hasText: `${name}${SESSIONS[name].toLocaleString("en")} messages` });
}

function row(cells: string[]): string {
  return cells.map((cell) => cell.padStart(12)).join("");
}

function judge(words: string, met: boolean): void {
  console.log(`${met ? "met" : "NOT MET"}: ${words}`);
  if (!met) process.exitCode = 1;
}

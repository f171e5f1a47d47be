/**
 * How long a write by somebody else takes until it is on the screen, beside how long Redis takes to tell of it.
 *
 *     REDIS_URL=redis://127.0.0.1:6379 CONSOLE_URL=http://127.0.0.1:3000 npx tsx scripts/bench/live.ts
 *
 * Against a console of the demo that runs on that Redis. For every write, of one run:
 * - told: a client of this process has heard of it by CLIENT TRACKING … BCAST (the bare latency)
 * - shown: a frame was drawn in Chromium with the written text in the page
 *
 * Writes for a person of its own, whose keys it removes at the end.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { chromium, type Page } from "playwright";
import { createClient } from "redis";
import { ensureBrowser } from "../lib/browser.mjs";
import { percentile } from "../lib/percentile.mjs";
import { PROJECT_ROOT } from "../lib/project.mjs";

const TARGET_P95_MS = 300;
const WRITES = 80;
const PERSON = "bench-live";
const SESSION_KEY = `user:${PERSON}:history:watched`;

const redisUrl = process.env.REDIS_URL ?? "redis://127.0.0.1:6379";
const consoleUrl = process.env.CONSOLE_URL ?? "http://127.0.0.1:3000";

const writer = createClient({ url: redisUrl }).on("error", () => {});
await writer.connect();
const tracker = await openTracker();

const browser = await chromium.launch({
  executablePath: await ensureBrowser(PROJECT_ROOT, () => {}),
  args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-gpu", "--disable-quic"],
});
try {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await writer.lPush(SESSION_KEY, message("the first"));
  await signIn(page);
  console.log(
    `Live: ${WRITES} writes on each page, 300-700 ms apart; ms from the write, target p95 ≤ ${TARGET_P95_MS}`,
  );
  console.log(row(["", "told p50", "told p95", "shown p50", "shown p95"]));
  await measure("a session", page, () => openSession(page));
  await measure("the overview's feed", page, () => page.goto(consoleUrl), 'aria-label^="The last changes"');
} finally {
  await browser.close();
  await writer.unlink(SESSION_KEY);
  for (const client of [writer, tracker.client]) client.destroy();
}

async function measure(name: string, page: Page, open: () => Promise<unknown>, feed?: string): Promise<void> {
  await open();
  await page.getByRole("banner").getByText("Live", { exact: true }).waitFor();
  await sleep(1_500);
  const told: number[] = [];
  const shown: number[] = [];
  for (let at = 0; at < WRITES; at++) {
    await sleep(300 + Math.random() * 400);
    const text = `bench ${name} ${at} of ${WRITES}`;
    const length = (await writer.lLen(SESSION_KEY)) + 1;
    const seen = feed ? whenDrawn(page, `${length} messages`, `[${feed}]`) : whenDrawn(page, text, "main");
    const heard = tracker.next(SESSION_KEY);
    await sleep(20);
    const writtenAtMs = now();
    await writer.lPush(SESSION_KEY, message(text));
    told.push((await heard) - writtenAtMs);
    shown.push((await seen) - writtenAtMs);
  }
  const p95 = percentile(shown, 0.95);
  const verdict = p95 > TARGET_P95_MS ? "   OVER THE TARGET" : "";
  if (verdict) process.exitCode = 1;
  console.log(
    row([
      name,
      ...[percentile(told, 0.5), percentile(told, 0.95), percentile(shown, 0.5), p95].map((ms) =>
        ms.toFixed(1),
      ),
    ]) + verdict,
  );
}

/** @returns epoch ms at the begin of the first frame that is drawn with `text` in the page */
async function whenDrawn(page: Page, text: string, where: string): Promise<number> {
  const found = await page.waitForFunction(
    ([wanted = "", selector = ""]) =>
      document.querySelector(selector)?.textContent?.includes(wanted)
        ? performance.timeOrigin + performance.now()
        : false,
    [text, where],
    { polling: "raf", timeout: 10_000 },
  );
  return Number(await found.jsonValue());
}

async function signIn(page: Page): Promise<void> {
  await page.goto(`${consoleUrl}/sign-in`);
  await page.getByRole("button", { name: "Administrator" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

async function openSession(page: Page): Promise<void> {
  await page.goto(`${consoleUrl}/users/by-id/${PERSON}`);
  await page.goto(`${page.url()}/sessions`);
  await page
    .getByRole("main")
    .getByRole("link", { name: /the first|watched/ })
    .first()
    .click();
  await page.getByRole("main").getByText("the first").first().waitFor();
}

async function openTracker() {
  const client = createClient({ url: redisUrl, RESP: 3, emitInvalidate: true }).on("error", () => {});
  const waiting = new Map<string, (atMs: number) => void>();
  client.on("invalidate", (key: Buffer | null) => {
    const atMs = now();
    waiting.get(key?.toString() ?? "")?.(atMs);
  });
  await client.connect();
  await client.sendCommand(["CLIENT", "TRACKING", "OFF"]);
  await client.sendCommand(["CLIENT", "TRACKING", "ON", "BCAST", "PREFIX", "user:"]);
  const next = (key: string) => new Promise<number>((resolve) => waiting.set(key, resolve));
  return { client, next };
}

function message(content: string): string {
  return JSON.stringify({ type: "human", content, timestamp: Math.floor(Date.now() / 1000) });
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

function row([name = "", ...cells]: string[]): string {
  return name.padEnd(22) + cells.map((cell) => cell.padStart(12)).join("");
}

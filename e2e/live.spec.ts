/** Pages move by themselves: what somebody writes with redis-cli is on them, with nothing to reload. */
import type { BrowserContext, Page } from "@playwright/test";
import type { TestConsole } from "./support/console";
import { NOBODY } from "./support/sign-in";
import { expect, test } from "./support/test";

/** Also behind a dialog, where it has no role. */
const dot = (page: Page) => page.locator("header button[aria-pressed]");
/** The tile whose label is a link: the number stands beside it. */
const users = (page: Page) =>
  page.getByRole("main").getByRole("link", { name: "Users", exact: true }).locator("../..");
const feed = (page: Page) => page.getByRole("list", { name: /The last changes/ });

async function openLive(page: Page, path = "/"): Promise<void> {
  await page.goto(path);
  await expect(dot(page)).toHaveText("Live");
}

async function countUsers(page: Page): Promise<number> {
  return Number(/\d+/.exec(await users(page).innerText())?.[0]);
}

/** How many event streams the browser's tabs have opened so far, and how many of those are open. */
function countStreams(context: BrowserContext) {
  const count = { opened: 0, open: 0 };
  const isStream = (url: string) => new URL(url).pathname === "/api/live";
  const ended = (request: { url(): string }) => {
    if (isStream(request.url())) count.open -= 1;
  };
  context.on("request", (request) => {
    if (!isStream(request.url())) return;
    count.opened += 1;
    count.open += 1;
  });
  context.on("requestfinished", ended);
  context.on("requestfailed", ended);
  return count;
}

/** Playwright's tabs are all seen; this one says that it is not, as a tab behind another does. */
async function show(page: Page, isSeen: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
      Object.defineProperty(document, "hidden", { configurable: true, get: () => state === "hidden" });
      document.dispatchEvent(new Event("visibilitychange"));
    },
    isSeen ? "visible" : "hidden",
  );
}

const write = (console: TestConsole, id: string, session = "s") =>
  console.redisCli("LPUSH", `user:${id}:history:${session}`, '{"type":"human","content":"hello"}');

test("a write is on the overview: in the feed, and in the numbers", async ({ page, console }) => {
  test.setTimeout(60_000);
  await openLive(page);
  const before = await countUsers(page);
  // Several: a person of an earlier test, of whom a counter is all there is, may go meanwhile.
  const newcomers = ["live-newcomer", "live-newcomer-2", "live-newcomer-3", "live-newcomer-4"];
  for (const newcomer of newcomers) await write(console, newcomer);
  await expect(feed(page).getByText("live-newcomer").first()).toBeVisible({ timeout: 2_000 });
  // Numbers come with the next walk, which spares a cold server; what earlier tests wrote may be counted with it.
  await expect.poll(() => countUsers(page), { timeout: 20_000 }).toBeGreaterThan(before);
  const withNewcomer = await countUsers(page);
  await console.redisCli("UNLINK", ...newcomers.map((newcomer) => `user:${newcomer}:history:s`));
  await expect(feed(page).getByText(/gone/).first()).toBeVisible({ timeout: 2_000 });
  await expect.poll(() => countUsers(page), { timeout: 20_000 }).toBeLessThan(withNewcomer);
});

test("a write is on a person's limits page", async ({ page, console }) => {
  await console.redisCli(
    ...["HSETEX", "user:live-limits:rate_limit", "EX", "60", "FIELDS", "1", "requests_per_minute", "3"],
  );
  await page.goto("/users/by-id/live-limits");
  await page
    .getByRole("navigation", { name: "About this user" })
    .getByRole("link", { name: "Limits" })
    .click();
  await expect(dot(page)).toHaveText("Live");
  const meter = page.getByRole("meter", { name: /in one minute/ }).first();
  await expect(meter).toHaveAttribute("aria-valuenow", "3");
  await console.redisCli("HINCRBY", "user:live-limits:rate_limit", "requests_per_minute", "4");
  await expect(meter).toHaveAttribute("aria-valuenow", "7", { timeout: 2_000 });
});

test("six tabs share one stream, each moves, and each can still fetch", async ({ context, console }) => {
  const streams = countStreams(context);
  const pages: Page[] = [];
  for (let at = 0; at < 6; at++) {
    const page = await context.newPage();
    pages.push(page);
    await openLive(page);
  }
  expect(streams).toEqual({ opened: 1, open: 1 });
  await write(console, "live-six");
  for (const page of pages) await expect(feed(page).getByText("live-six")).toBeVisible({ timeout: 2_000 });
  for (const page of pages) {
    const answer = await page.evaluate(async () => (await fetch("/api/connection")).status);
    expect(answer).toBe(200);
  }
});

test("a tab that is hidden or closed hands the stream over; one that is seen again has what it missed", async ({
  context,
  console,
}) => {
  const streams = countStreams(context);
  const [first, second] = [await context.newPage(), await context.newPage()];
  await openLive(first);
  await openLive(second);
  expect(streams).toEqual({ opened: 1, open: 1 });

  await show(first, false);
  await expect.poll(() => streams).toEqual({ opened: 2, open: 1 });
  await expect(dot(second)).toHaveText("Live");
  await write(console, "live-handed-over");
  await expect(feed(second).getByText("live-handed-over")).toBeVisible({ timeout: 2_000 });
  await expect(feed(first).getByText("live-handed-over")).toBeHidden();

  await show(second, false);
  await expect.poll(() => streams.open).toBe(0);
  await write(console, "live-unseen");
  await show(first, true);
  await expect(feed(first).getByText("live-unseen")).toBeVisible({ timeout: 2_000 });
  await expect(feed(first).getByText("live-handed-over")).toBeVisible();

  await show(second, true);
  await first.close();
  // What a closed tab had open is not told as ended; the other one's is a fourth.
  await expect.poll(() => streams.opened).toBe(4);
  await write(console, "live-alone");
  await expect(feed(second).getByText("live-alone")).toBeVisible({ timeout: 3_000 });
});

test("paused it holds still and counts; going on reads once", async ({ page, console }) => {
  await openLive(page);
  await dot(page).click();
  await expect(dot(page)).toHaveText("Paused");
  await write(console, "live-held-back");
  await expect(dot(page)).toHaveText("Paused · 1");
  await expect(feed(page).getByText("live-held-back")).toBeHidden();
  await dot(page).click();
  await expect(feed(page).getByText("live-held-back")).toBeVisible({ timeout: 2_000 });
  await expect(dot(page)).toHaveText("Live");
});

test("10,000 writes in a second are a few reads of the page, and the last of them is on it", async ({
  page,
  console,
}) => {
  const session = "user:live-burst:history:s";
  await console.redisCli("RPUSH", session, "{}");
  await openLive(page);
  let reads = 0;
  page.on("request", (request) => {
    if (/\/api\/(changes|usage)/.test(request.url())) reads += 1;
  });
  const startedAt = Date.now();
  const burst = "for i=1,100 do redis.call('RPUSH', KEYS[1], '{}') end return redis.call('LLEN', KEYS[1])";
  for (let at = 0; at < 100; at++) await console.redisCli("EVAL", burst, "1", session);
  const seconds = (Date.now() - startedAt) / 1_000;
  await expect(feed(page).getByText("10,001 messages")).toBeVisible({ timeout: 3_000 });
  // Four reads a second of the feed, and one a second of the numbers.
  expect(reads).toBeLessThanOrEqual(Math.ceil(seconds + 3) * 7);
  await expect(dot(page)).toHaveText("Live");
});

test("the stream of a session that is revoked ends within 2 s, and the page asks for a sign-in", async ({
  browser,
  console,
  problems,
}) => {
  problems.expect(/401/);
  const context = await browser.newContext({ baseURL: console.url, storageState: NOBODY });
  const other = await context.newPage();
  await other.goto("/sign-in");
  await other.getByRole("button", { name: "Compliance" }).click();
  await other.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await expect(dot(other)).toHaveText("Live");

  const operator = await console.redisCli("HGET", "console:sign-in:names", "demo compliance");
  const sessions = await console.redisCli("SMEMBERS", `console:sign-in:sessions-of:${operator}`);
  await console.redisCli("DEL", ...sessions.split("\n").map((digest) => `console:sign-in:session:${digest}`));
  // The stream ends within 2 s (lib/auth/open-streams.test.ts measures it); opening the next one is refused.
  await expect(other.getByRole("dialog", { name: "Your session has ended" })).toBeVisible({ timeout: 4_000 });
  await expect(dot(other)).toHaveText("Offline");
  await expect(other.getByText(/does not answer/)).toHaveCount(0);
  await context.close();
});

test("where Redis may not tell of changes the page is read every 5 s, and says why", async ({
  page,
  console,
}) => {
  const reason = "The Redis user of this console may not run CLIENT TRACKING.";
  await page.route("**/api/live", (route) =>
    route.fulfill({
      contentType: "text/event-stream",
      body: `event: state\ndata: ${JSON.stringify({ live: false, why: "refused", reason })}\n\n`,
    }),
  );
  await page.goto("/");
  await expect(dot(page)).toHaveText("Every 5 s");
  await write(console, "live-slowly");
  await expect(feed(page).getByText("live-slowly")).toBeVisible({ timeout: 8_000 });
});

test("Redis is killed under an open page and comes back: the words are right at each step, and then the data", async ({
  page,
  console,
  problems,
}) => {
  test.setTimeout(60_000);
  problems.expect(/50[234]/);
  await openLive(page);
  const words: string[] = [];
  await page.exposeFunction("sayWord", (word: string) => words.push(word));
  await page.evaluate(() => {
    const button = document.querySelector("header button[aria-pressed]");
    const say = (window as unknown as { sayWord: (word: string) => void }).sayWord;
    if (button) {
      new MutationObserver(() => say(button.textContent ?? "")).observe(button, {
        characterData: true,
        childList: true,
        subtree: true,
      });
    }
  });
  await console.redis.kill();
  await expect(dot(page)).toHaveText("Offline", { timeout: 3_000 });
  await console.redis.start();
  await write(console, "live-after-the-fall");
  await expect(dot(page)).toHaveText("Live", { timeout: 10_000 });
  // Nobody listened when it was written: it is there because everything was read again.
  // What a killed Redis had not saved is gone, so the number may be any: it is what the directory says by then.
  const directory = async () => {
    const headers = { Origin: console.url };
    const answer = await page.request.post("/api/users", { headers, data: { query: "live-after-the-fall" } });
    return (await answer.json()).data as { total: number; exact: { listed: boolean } };
  };
  await expect.poll(async () => (await directory()).exact.listed, { timeout: 20_000 }).toBe(true);
  const { total } = await directory();
  await expect.poll(() => countUsers(page), { timeout: 5_000 }).toBe(total);
  await expect(page.getByText(/Redis does not answer/)).toBeHidden();
  expect(words).toContain("Resyncing");
  expect(words.filter((word) => !["Live", "Offline", "Resyncing"].includes(word))).toEqual([]);
  expect(words.at(-1)).toBe("Live");
});

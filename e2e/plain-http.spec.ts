/** Plain HTTP on another host, as inside a company's network: no secure context, so a browser has no Web Locks. */
import { chromium, type Page } from "@playwright/test";
import { freePort } from "../scripts/lib/ports.mjs";
import { openTestConsole, type TestConsole } from "./support/console";
import { expect, test } from "./support/test";

/** No browser takes a name under .test for this machine; the one of this file is told where it is. */
const HOST = "console.test";

const dot = (page: Page) => page.locator("header button[aria-pressed]");
const feed = (page: Page) => page.getByRole("list", { name: /The last changes/ });
const write = (console: TestConsole, id: string) =>
  console.redisCli("LPUSH", `user:${id}:history:s`, '{"type":"human","content":"hello"}');

test("seven tabs share one stream, hand it over, and each can still fetch", async ({ launchOptions }) => {
  test.setTimeout(90_000);
  const port = await freePort();
  const url = `http://${HOST}:${port}`;
  const { testConsole, close } = await openTestConsole({ store: "empty", port, env: { PUBLIC_URL: url } });
  const rule = `--host-resolver-rules=MAP ${HOST} 127.0.0.1`;
  const browser = await chromium.launch({ ...launchOptions, args: [...(launchOptions.args ?? []), rule] });
  try {
    const context = await browser.newContext({ baseURL: url });
    let open = 0;
    const isStream = (request: { url(): string }) => Number(new URL(request.url()).pathname === "/api/live");
    context.on("request", (request) => (open += isStream(request)));
    context.on("requestfinished", (request) => (open -= isStream(request)));
    context.on("requestfailed", (request) => (open -= isStream(request)));

    const first = await context.newPage();
    await first.goto("/sign-in");
    expect(await first.evaluate(() => [isSecureContext, "locks" in navigator])).toEqual([false, false]);
    await first.getByLabel("Name").fill("admin");
    await first.getByLabel("Password", { exact: true }).fill(await testConsole.firstPassword());
    await first.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(dot(first)).toHaveText("Live");

    const others = await Promise.all(Array.from({ length: 6 }, () => context.newPage()));
    await Promise.all(others.map((page) => page.goto("/")));
    for (const page of others) await expect(dot(page)).toHaveText("Live", { timeout: 15_000 });
    expect(open).toBe(1);
    await write(testConsole, "plain-first");
    for (const page of [first, ...others]) {
      await expect(feed(page).getByText("plain-first")).toBeVisible();
      expect(await page.evaluate(async () => (await fetch("/api/connection")).status)).toBe(200);
    }

    // Whoever had the stream is among those that are closed.
    const last = others.pop()!;
    for (const page of [first, ...others]) await page.close();
    await write(testConsole, "plain-second");
    await expect(feed(last).getByText("plain-second")).toBeVisible();
    await expect(dot(last)).toHaveText("Live");
  } finally {
    await browser.close();
    await close();
  }
});

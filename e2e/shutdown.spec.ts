import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "./support/test";

test.use({ store: "empty", consoleEnv: { CONSOLE_DEMO: "1" } });

test("asked to end, the console ends its streams within a second and then itself, whatever pages go on asking", async ({
  page,
  context,
  console,
  problems,
}) => {
  problems.expect(/50[234]|ERR_/);
  let open = 0;
  const isStream = (url: string) => new URL(url).pathname === "/api/live";
  context.on("request", (request) => (open += Number(isStream(request.url()))));
  context.on("requestfinished", (request) => (open -= Number(isStream(request.url()))));
  context.on("requestfailed", (request) => (open -= Number(isStream(request.url()))));
  await page.goto("/");
  await expect(page.locator("header button[aria-pressed]")).toHaveText("Live");
  expect(open).toBe(1);
  // Connections that are kept busy, as by somebody who goes on clicking.
  await page.evaluate(() => {
    setInterval(() => void fetch("/api/connection").catch(() => {}), 50);
  });

  const startedAt = Date.now();
  const gone = console.terminate().then(() => Date.now() - startedAt);
  await expect.poll(() => open, { timeout: 1_000, intervals: [20] }).toBe(0);
  expect(await Promise.race([gone, sleep(5_000)])).toBeLessThan(3_000);
});

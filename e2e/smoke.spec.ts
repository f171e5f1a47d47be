import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { standaloneFolder } from "../scripts/lib/build.mjs";
import { PROJECT_ROOT } from "../scripts/lib/project.mjs";
import { openTestConsole } from "./support/console";
import { expect, test } from "./support/test";

test("the front page answers with the shell", async ({ page }) => {
  const response = await page.goto("/");
  expect(response?.status()).toBe(200);
  await expect(page.getByRole("navigation").first()).toBeVisible();
  await expect(page.getByRole("main")).toBeVisible();
});

test("a page is read ahead by who points at its link, and not before", async ({ page }) => {
  const ahead: string[] = [];
  page.on("request", (request) => {
    if (request.headers()["next-router-prefetch"] !== undefined) ahead.push(new URL(request.url()).pathname);
  });
  await page.goto("/users");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const rail = page.getByRole("navigation", { name: "Pages of the console" });
  expect(ahead).toEqual([]);
  await rail.getByRole("link", { name: "Limits" }).hover();
  await expect.poll(() => ahead).toContain("/limits");
  expect(ahead.filter((path) => path !== "/limits")).toEqual([]);
});

test("health is JSON, names the store and no secret, and says so when the store is gone", async ({
  console,
  request,
}) => {
  const well = await request.get("/api/health");
  expect(well.status()).toBe(200);
  expect(well.headers()["content-type"]).toContain("application/json");
  expect(await well.text()).not.toContain(new URL(console.redisUrl).host);
  await console.redis.stop();
  await expect.poll(async () => (await request.get("/api/health")).status()).toBe(503);
  await console.redis.start();
  await expect.poll(async () => (await request.get("/api/health")).status()).toBe(200);
});

test("the icon is there under the name that browsers guess", async ({ request }) => {
  const icon = await request.get("/favicon.ico");
  expect(icon.status()).toBe(200);
  expect(icon.headers()["content-type"]).toContain("image/svg+xml");
});

test("nobody fetches addresses of this console through the image door", async ({ request }) => {
  const answer = await request.get("/_next/image?url=%2Fusers%2Fby-id%2Falice&w=640&q=75");
  expect(answer.status()).toBe(404);
});

test("the build runs from a folder elsewhere, as it does in the image", async ({ request }) => {
  const folder = await mkdtemp(join(tmpdir(), "memory-console-image-"));
  await cp(standaloneFolder(PROJECT_ROOT), folder, { recursive: true });
  const { testConsole, close } = await openTestConsole({ store: "empty", folder });
  try {
    const page = await request.get(testConsole.url);
    expect(page.status()).toBe(200);
    const [, script] = /src="(\/_next\/static\/[^"]+\.js)"/.exec(await page.text()) ?? [];
    expect(script, "the page names a script").toBeTruthy();
    const asset = await request.get(`${testConsole.url}${script}`);
    expect(asset.status()).toBe(200);
    expect(asset.headers()["content-type"]).toContain("javascript");
  } finally {
    await close();
    await rm(folder, { recursive: true, force: true });
  }
});

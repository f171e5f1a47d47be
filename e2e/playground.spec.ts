/** The playground: the whole loop of an assistant in a browser, for a throw-away person and for a real one, put back. */
import AxeBuilder from "@axe-core/playwright";
import type { TestConsole } from "./support/console";
import { begin, say, step } from "./support/playground";
import { expect, test } from "./support/test";

test.use({ role: "developer" });

/** Names of keys, in order. */
async function keysOf(console: TestConsole, pattern: string): Promise<string[]> {
  return (await console.redisCli("KEYS", pattern)).split("\n").filter(Boolean).sort();
}

test("the loop for a throw-away person: counted, appended, recalled, answered, remembered, put back", async ({
  page,
  console,
}) => {
  const before = await keysOf(console, "user:*");
  const id = await begin(page);

  await page.getByLabel("What to remember").fill("prefers oat milk in the morning coffee");
  await page.getByRole("button", { name: "Save as memory" }).click();
  await expect(page.getByText("Fact saved")).toBeVisible();
  const key = `user:${id}:pref:001`;
  expect(await console.redisCli("HGET", key, "content")).toBe("prefers oat milk in the morning coffee");
  expect(await console.redisCli("HSTRLEN", key, "embedding")).toBe("2048");

  await say(page, "which milk for my coffee?");
  await expect(
    page.getByText(/^\(An echo: no chat endpoint is configured\.\) You said “which milk/),
  ).toBeVisible();
  // Live, from the limiter's own hash.
  await expect(page.getByText("1 of 60", { exact: true })).toBeVisible();

  await step(page, "Limit checked").locator("summary").click();
  await expect(page.getByText(`HINCRBY user:${id}:rate_limit requests_per_minute 1`)).toBeVisible();
  await step(page, "Memories recalled").locator("summary").click();
  await expect(
    step(page, "Memories recalled").getByText("prefers oat milk in the morning coffee"),
  ).toBeVisible();
  await step(page, "Prompt put together").locator("summary").click();
  await expect(
    page.getByText('- (pref, importance 5) "prefers oat milk in the morning coffee"'),
  ).toBeVisible();

  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  const [session] = await keysOf(console, `user:${id}:history:*`);
  expect(await console.redisCli("LLEN", session!)).toBe("2");
  expect(await console.redisCli("LINDEX", session!, "1")).toContain('"content":"which milk for my coffee?"');

  // A reload finds the run and its conversation again.
  await page.reload();
  await expect(page.getByText("which milk for my coffee?", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Put back as it was" }).click();
  await expect(page.getByText("The throw-away person is gone: 3 keys removed.")).toBeVisible();
  expect(await keysOf(console, "user:*")).toEqual(before);
  expect(await keysOf(console, "console:playground:*")).toEqual([]);
});

test("over the limit it is denied with a countdown, and nothing is appended", async ({ page, console }) => {
  const id = await begin(page);
  const counters = `user:${id}:rate_limit`;
  await console.redisCli("HSETEX", counters, "EX", "60", "FIELDS", "1", "requests_per_minute", "60");
  await say(page, "one too many");
  await expect(page.getByText("Denied: 61 of 60 requests in the minute's window")).toBeVisible();
  await expect(page.getByText(/Nothing was appended\. Allowed again in 0:\d\d/)).toBeVisible();
  expect(await keysOf(console, `user:${id}:history:*`)).toEqual([]);
  await page.getByRole("button", { name: "Put back as it was" }).click();
  await expect(page.getByText("It is as it was")).toBeVisible();
});

test("a real person is written only for who types their id, and is put back", async ({ page, console }) => {
  const before = await keysOf(console, "user:alice:*");
  const memories = await Promise.all(
    before.filter((key) => /:(pref|personal|work):/.test(key)).map((key) => console.redisCli("HGETALL", key)),
  );
  await page.goto("/playground");
  await page.getByLabel("Id of the person").fill("alice");
  await page.getByRole("button", { name: "Choose" }).click();
  await expect(page.getByText("This writes to a real person's store")).toBeVisible();
  const confirm = page.getByLabel("Type alice to confirm");
  await confirm.fill("Alice");
  await page.getByRole("button", { name: "Copy their keys and begin" }).click();
  await expect(page.getByText("must be the person's id, exactly")).toBeVisible();
  expect(await keysOf(console, "user:alice:*")).toEqual(before);

  await confirm.fill("alice");
  await page.getByRole("button", { name: "Copy their keys and begin" }).click();
  await say(page, "when are my meetings?");
  await expect(page.getByText(/^\(An echo/)).toBeVisible();
  await step(page, "Memories recalled").locator("summary").click();
  await expect(
    step(page, "Memories recalled").getByText("prefers morning appointments before 10 AM").first(),
  ).toBeVisible();
  expect((await keysOf(console, "user:alice:*")).length).toBeGreaterThan(before.length);

  await page.getByRole("button", { name: "Put back as it was" }).click();
  await expect(page.getByText("It is as it was")).toBeVisible();
  expect(await keysOf(console, "user:alice:*")).toEqual(before);
  const after = await Promise.all(
    before.filter((key) => /:(pref|personal|work):/.test(key)).map((key) => console.redisCli("HGETALL", key)),
  );
  expect(after).toEqual(memories);
});

test.describe("as support", () => {
  test.use({ role: "support" });

  test("the page says for whom it is, and the rail does not lead to it", async ({ page }) => {
    await page.goto("/playground");
    await expect(page.getByText("The playground is for developers")).toBeVisible();
    await expect(page.getByRole("navigation").getByRole("link", { name: "Playground" })).toHaveCount(0);
  });
});

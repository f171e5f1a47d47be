import type { Page } from "@playwright/test";
import { tutorialCommands, tutorialCommandsNamed } from "../scripts/demo/tutorial";
import { expect, test } from "./support/test";

/** On an empty store, the tutorial typed word for word: everything it writes is on the pages within two seconds. */
test.use({ store: "empty" });
test.describe.configure({ mode: "serial" });

const SOON = { timeout: 2_000 };

function linesNamed(name: string, part = ""): string[] {
  return tutorialCommands()
    .map(({ line }) => line)
    .filter((line) => line.startsWith(`${name} `) && line.includes(part));
}

let alice: string;

test.beforeAll(async ({ browser, console }) => {
  const page = await browser.newPage({ baseURL: console.url });
  await page.goto("/users/by-id/alice");
  alice = new URL(page.url()).pathname;
  await page.close();
});

test("the id is not in the address", () => {
  expect(alice).toMatch(/^\/users\/[\w-]{20,}$/);
  expect(alice).not.toContain("alice");
});

test("messages in order, and the session's life", async ({ page, console }) => {
  await page.goto(`${alice}/sessions`);
  await expect(page.getByText(/no session/i).first()).toBeVisible();

  for (const line of linesNamed("LPUSH")) await console.redisCliTypes(line);
  const first = page.getByText("What is the weather like?").last();
  await expect(first).toBeVisible(SOON);
  const spoken = [
    "What is the weather like?",
    "It is sunny with 75°F temperature.",
    "Should I bring an umbrella?",
    "No umbrella needed today!",
  ];
  const tops = await Promise.all(
    spoken.map(async (text) => (await page.getByText(text, { exact: true }).last().boundingBox())?.y ?? -1),
  );
  expect(tops).toEqual([...tops].sort((a, b) => a - b));
  expect(new Set(tops).size).toBe(4);

  await console.redisCliTypes(linesNamed("LTRIM")[0]!);
  await console.redisCliTypes("EXPIRE user:alice:history:session_001 86400");
  // The first second of a day is a whole day, and that of an hour a whole hour.
  await expect(page.getByText(/expires in (1 d|23 h 59 min)/).first()).toBeVisible(SOON);
  await console.redisCliTypes("EXPIRE user:alice:history:session_001 3600");
  await expect(page.getByText(/expires in (1 h$|59:\d\d)/).first()).toBeVisible(SOON);
  await console.redisCliTypes(linesNamed("PERSIST")[0]!);
  await expect(page.getByText("no expiry").first()).toBeVisible(SOON);
});

test("the limit counts down", async ({ page, console }) => {
  await page.goto(`${alice}/limits`);
  for (const line of [...linesNamed("HSETEX", "FIELDS 1 requests_per_minute"), ...linesNamed("HINCRBY")]) {
    await console.redisCliTypes(line);
  }
  const minute = page.getByRole("region", { name: "Per minute" });
  await expect(minute.getByText("2 of 60 requests")).toBeVisible(SOON);
  await expectSecondsLeft(page, console.redisCli, "requests_per_minute");

  // FIELDS 2 with EX 60 gives the hour a minute's life: the tutorial's own trap.
  for (const line of [...linesNamed("HSETEX", "FIELDS 2"), ...linesNamed("HSETEX", "requests_per_day")]) {
    await console.redisCliTypes(line);
  }
  await expect(page.getByRole("region", { name: "Per hour" }).getByText("1 of 1,000 requests")).toBeVisible(
    SOON,
  );
  await expect(page.getByRole("region", { name: "Per day" }).getByText("1 of 10,000 requests")).toBeVisible(
    SOON,
  );
  await expect(page.getByRole("region", { name: "Per day" }).getByRole("timer")).toHaveText(/23 h 59 min/);
});

async function expectSecondsLeft(
  page: Page,
  redisCli: (...words: string[]) => Promise<string>,
  field: string,
) {
  const timer = page.getByRole("region", { name: "Per minute" }).getByRole("timer");
  for (let look = 0; look < 3; look += 1) {
    // Redis is asked before and after, and the page in between: what it showed is a second off at most.
    const left = async () =>
      Number(await redisCli("HPTTL", "user:alice:rate_limit", "FIELDS", "1", field)) / 1000;
    const before = await left();
    const [, minutes, rest] = /^(\d+):(\d\d)$/.exec((await timer.textContent()) ?? "") ?? [];
    const seconds = Number(minutes) * 60 + Number(rest);
    const after = await left();
    expect(seconds).toBeLessThanOrEqual(before + 1);
    expect(seconds).toBeGreaterThanOrEqual(after - 1);
    await page.waitForTimeout(1_000);
  }
}

test("six memories with their importance", async ({ page, console }) => {
  await page.goto(`${alice}/memories`);
  const lines = linesNamed("HSET");
  expect(lines).toHaveLength(6);
  for (const line of lines) await console.redisCliTypes(line);
  for (const words of tutorialCommandsNamed("HSET")) {
    const content = words[words.findIndex((word) => word.toString() === "content") + 1]!.toString();
    const importance = words[words.findIndex((word) => word.toString() === "importance") + 1]!.toString();
    const card = page.getByRole("listitem").filter({ hasText: content });
    await expect(card).toBeVisible(SOON);
    await expect(card.getByLabel(new RegExp(`${importance} of 10`))).toBeVisible();
  }
});

test("its own index of 8 dimensions, and the three searches with the vector pasted", async ({
  page,
  console,
}) => {
  await console.redisCliTypes(linesNamed("FT.CREATE")[0]!);
  await page.goto("/indexes");
  await expect(page.getByText("idx:preferences").first()).toBeVisible();
  await expect(page.getByText(/8 dimensions/).first()).toBeVisible();

  const filters: Record<string, string>[] = [
    {},
    { "Importance from": "8" },
    { "Written since (UTC)": "2024-06-09" },
  ];
  const searches = linesNamed("FT.SEARCH");
  expect(searches).toHaveLength(3);
  for (const [at, line] of searches.entries()) {
    const answer = await console.redisCliTypes(line);
    const contents = [...answer.matchAll(/^(?:\d+\) )?"?content"?\n([^\n]+)/gm)].map((match) => match[1]!);
    expect(contents.length).toBeGreaterThan(0);

    await page.goto("/search");
    await page.getByLabel("Whose memories").fill("alice");
    await page.getByLabel("How many (K)").fill(/KNN (\d+)/.exec(line)![1]!);
    for (const [label, value] of Object.entries(filters[at]!)) await page.getByLabel(label).fill(value);
    await page.getByRole("button", { name: "Paste a vector instead" }).click();
    await page.getByLabel("Vector", { exact: true }).fill(/vec "([^"]+)"/.exec(line)![1]!);
    await page.getByRole("button", { name: "Search", exact: true }).click();
    const hits = page.getByRole("main").locator("ol[data-list] > li");
    await expect(hits).toHaveCount(contents.length);
    for (const [rank, content] of contents.entries()) await expect(hits.nth(rank)).toContainText(content);
  }
});

test("bytes and lengths as Redis says", async ({ page, console }) => {
  await page.goto(`${alice}/storage`);
  const bytes = await console.redisCli("MEMORY", "USAGE", "user:alice:history:session_001");
  const row = page.getByRole("row").filter({ hasText: "history:session_001" });
  await expect(row).toContainText(`${bytes} B`);
  await expect(row).toContainText("4 messages");
});

test("after the button no key of alice is left", async ({ page, console }) => {
  await page.goto(`${alice}/privacy`);
  await page.getByRole("button", { name: /^Erase 8 keys/ }).click();
  const dialog = page.getByRole("dialog");
  const confirm = dialog.getByRole("button", { name: /^Erase 8 keys/ });
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel(/to confirm$/).fill("Alice");
  await dialog.getByLabel(/^Legal ground/).selectOption("b");
  await dialog.getByLabel("Ticket").fill("DSR-2026-014");
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel(/to confirm$/).fill("alice");
  await confirm.click();
  await expect(page.getByText("Erased, and verified in Redis")).toBeVisible({ timeout: 15_000 });
  expect(await console.redisCli("KEYS", "*alice*")).toBe("");
  expect(await console.redisCli("FT.SEARCH", "idx:preferences", "@user_id:{alice}", "NOCONTENT")).toMatch(
    /^0/,
  );
});

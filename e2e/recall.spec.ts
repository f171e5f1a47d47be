import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

test("“meetings” finds that alice prefers mornings, first", async ({ page }) => {
  await page.goto("/users/by-id/alice");
  await page.getByRole("link", { name: /^Memories/ }).click();
  await page.getByRole("searchbox", { name: /search these memories/i }).fill("meetings");
  await page.keyboard.press("Enter");
  const hits = page.getByRole("main").locator("ol[data-list] > li");
  await expect(hits.first()).toContainText("prefers morning appointments before 10 AM");
});

test("a search never shows another person's memory, and what people type cannot stop the server", async ({
  page,
  console,
}) => {
  for (const query of ["was the first", "x}|@user_id:{*", "(", "%%", "$p", "=>[KNN", "-@", "the"]) {
    await page.goto("/search");
    await page.getByLabel("Whose memories").fill("alice");
    await page.getByLabel("What should be recalled?").fill(query);
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await expect(page.getByRole("status").filter({ hasText: /memor/ }).first()).toBeVisible();
    await expect(page.getByText("collects antique clocks")).toHaveCount(0);
  }
  expect(await console.redisCli("PING")).toBe("PONG");
});

/** The lab, with this asked of alice's memories. */
async function askLab(page: Page, query: string) {
  await page.goto("/search");
  await page.getByLabel("Whose memories").fill("alice");
  await page.getByLabel("What should be recalled?").fill(query);
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(page.getByText("Behind it")).toBeVisible();
}

test("the words that matched are marked, and every hit shows what its place comes from", async ({ page }) => {
  await askLab(page, "a nut or some shellfish");
  const first = page.getByRole("main").locator("ol[data-list] > li").first();
  await expect(first.locator("mark")).toHaveText(["shellfish", "nuts"]);
  await expect(first).toContainText("meaning #1");
  await expect(first).toContainText("words #1");
  await expect(first).toContainText("Fused score");
  await page.getByRole("button", { name: "Ranking" }).click();
  await page.getByLabel("Importance adds").fill("1");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(first).toContainText(/importance 0\.\d{4}/);
  await expect(page).toHaveURL(/importanceWeight=1/);
});

test("a memory that was expected: the reason, and a change that finds it", async ({ page }) => {
  await askLab(page, "morning");
  await page.getByRole("button", { name: "A memory you expected?" }).click();
  await page.getByLabel("A piece of its text").fill("golden retriever");
  await page.getByRole("button", { name: /golden retriever/ }).click();
  const why = page.getByLabel("Why was this memory not found?");
  await expect(why).toContainText("golden retriever");
  const reasons = why.getByRole("list", { name: "Reasons" });
  if (await reasons.getByText("It is found").isVisible()) {
    await page.getByLabel("How many (K)").fill("1");
    await page.getByRole("button", { name: "Search", exact: true }).click();
  }
  await expect(reasons).toContainText(/It comes at place \d+, and K is \d+/);
  await expect(reasons).toContainText("It has none of the words");
  await why.getByRole("button", { name: /^K \d+$/ }).click();
  await expect(why).toContainText("It is found, at place");
  await expect(
    page.getByRole("main").locator("ol[data-list] > li").filter({ hasText: "golden retriever" }),
  ).toBeVisible();
  // The link alone asks the same again, and names nobody.
  const link = page.url();
  expect(link).not.toContain("alice");
  await page.goto("/search");
  await page.goto(link);
  await expect(why).toContainText("It is found, at place");
});

test("two settings side by side, and the link to them", async ({ page }) => {
  await askLab(page, "team allergic morning");
  await page.getByRole("button", { name: "Compare" }).click();
  const other = page.getByRole("group", { name: "Compared with" });
  await other.getByText("Words", { exact: true }).click();
  await other.getByLabel("How many (K)").fill("2");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "Compared:" })).toContainText(/gone/);
  const lists = page.getByLabel(/^(These settings|Compared with)$/).locator("ol > li");
  await expect(lists).toHaveCount(7);
  await expect(page).toHaveURL(/compare=1.*b\.mode=text.*b\.k=2/);
  await page.reload();
  await expect(lists).toHaveCount(7);
});

test("what is copied runs in redis-cli", async ({ page, console, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await askLab(page, "meetings");
  const copy = page.getByRole("button", { name: "Copy" });
  await copy.first().click();
  const pasted = await page.evaluate(() => navigator.clipboard.readText());
  // A vector of 512 numbers is too long for the prompt: what is copied is for a shell.
  expect(pasted).toMatch(/^redis-cli <<'REDIS'\nFT\.SEARCH .*\nREDIS\n$/s);
  const answer = await console.redisCliTypes(pasted.split("\n")[1]!);
  expect(answer).toContain("prefers morning appointments before 10 AM");
});

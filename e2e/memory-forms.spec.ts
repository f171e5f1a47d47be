/** What is typed into a form of a memory is not lost: when another saves first, and when the form is left. */
import { drawer, open, openCard, remember } from "./support/memories";
import { expect, test } from "./support/test";

test.use({ role: "developer" });

test("two editors: whoever saves last is told, and overwrites nothing", async ({
  page,
  console,
  browser,
  baseURL,
}) => {
  const key = await remember(console, "e2e-two", "pref:001", { content: "likes tea" });
  await open(page, "e2e-two");
  await openCard(page, "likes tea");
  await drawer(page).getByRole("button", { name: "Edit" }).click();
  await drawer(page).getByLabel("Text", { exact: true }).fill("likes tea with milk");

  const context = await browser.newContext({ baseURL, storageState: await page.context().storageState() });
  const other = await context.newPage();
  await open(other, "e2e-two");
  await openCard(other, "likes tea");
  await drawer(other).getByRole("button", { name: "Edit" }).click();
  await drawer(other).getByLabel("Text", { exact: true }).fill("likes coffee");
  await drawer(other).getByRole("button", { name: "Save" }).click();
  await expect(other.getByText("The memory is saved")).toBeVisible({ timeout: 15_000 });
  await context.close();

  await expect(drawer(page).getByText("Somebody changed this memory since you began")).toBeVisible();
  await expect(drawer(page).getByRole("button", { name: "Save" })).toBeDisabled();
  await expect(drawer(page).getByLabel("Text", { exact: true })).toHaveValue("likes tea with milk");
  expect(await console.redisCli("HGET", key, "content")).toBe("likes coffee");
  const theirs = drawer(page).getByRole("region", { name: "What they changed" });
  await expect(theirs.locator("ins")).toHaveText("coffee");
  await drawer(page).getByRole("button", { name: "Keep what I typed" }).click();
  await expect(drawer(page).getByLabel("Text", { exact: true })).toHaveValue("likes tea with milk");
  const diff = drawer(page).getByRole("region", { name: "What changes" });
  await expect(diff.locator("del")).toHaveText("coffee");
  await drawer(page).getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Go on editing" }).click();
  await console.redisCli("HSET", key, "content", "likes cocoa");
  await drawer(page).getByRole("button", { name: "Take theirs" }).click();
  await expect(drawer(page).getByLabel("Text", { exact: true })).toHaveValue("likes cocoa");
  await drawer(page).getByRole("button", { name: "Cancel" }).click();
  await expect(drawer(page).getByRole("button", { name: "Edit" })).toBeVisible();
});

test("a new memory that was typed is not left without a question", async ({ page, console }) => {
  await remember(console, "e2e-new", "pref:001");
  await open(page, "e2e-new");
  await page.getByRole("button", { name: "New memory" }).click();
  const text = page.getByLabel("What to remember");
  await text.fill("我喜欢日本茶");
  await expect(page.getByText("takes all texts of this script for nearly the same")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Go on writing" }).click();
  await expect(text).toHaveValue("我喜欢日本茶");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Leave without saving" }).click();
  await expect(text).toHaveCount(0);
  await page.getByRole("button", { name: "New memory" }).click();
  await expect(text).toHaveValue("");
  await page.keyboard.press("Escape");
  await expect(text).toHaveCount(0);
});

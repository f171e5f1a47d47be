import { expect, test } from "./support/test";

/** A Redis without the Query Engine: everything but search across people works, and the pages say which is which. */
test.use({ queryEngine: false });

test("memories are shown and searched exactly, and the index page names the cure", async ({ page }) => {
  await page.goto("/users/by-id/alice");
  await page.getByRole("link", { name: /^Memories/ }).click();
  await expect(page.getByText("prefers morning appointments before 10 AM")).toBeVisible();
  await page.getByRole("searchbox", { name: /search these memories/i }).fill("meetings");
  await page.keyboard.press("Enter");
  const hits = page.getByRole("main").locator("ol[data-list] > li");
  await expect(hits.first()).toContainText("prefers morning appointments before 10 AM");
  await expect(page.getByText(/exact/i).first()).toBeVisible();

  await page.goto("/indexes");
  await expect(page.getByText(/Query Engine/).first()).toBeVisible();
});

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

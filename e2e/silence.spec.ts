import { expect, test } from "./support/test";

/** Redis stops under an open page, and comes back. */
test("within 3 s the page says so and keeps what it showed; it heals without a reload", async ({
  page,
  console,
  problems,
}) => {
  problems.expect(/50[234]/);
  const failures: number[] = [];
  page.on("response", (response) => {
    if (response.status() === 500) failures.push(response.status());
  });
  await page.goto("/users/by-id/quentin");
  await page.getByRole("link", { name: /^Memories/ }).click();
  const card = page.getByRole("main").getByRole("listitem").first();
  await expect(card).toBeVisible();
  const shown = await card.innerText();

  await console.redis.kill();
  await expect(page.getByText(/Redis does not answer since/)).toBeVisible({ timeout: 3_000 });
  expect(await card.innerText()).toContain(shown.split("\n")[0]!);
  // A page opened meanwhile is designed too.
  const other = await page.context().newPage();
  expect((await other.goto("/users"))?.status()).toBe(200);
  await expect(other.getByText(/Redis does not answer since/)).toBeVisible();
  await other.close();

  await console.redis.start();
  await expect(page.getByText(/Redis does not answer since/)).toBeHidden({ timeout: 10_000 });
  await expect(card).toBeVisible();
  expect(failures).toEqual([]);
});

import { expect, test } from "./support/test";

/** The button takes alice and nobody who is only called something like her. */
test("erasing alice on the demo store leaves Alice, al and alice:admin as they were", async ({
  page,
  console,
}) => {
  const snapshot = async () => {
    const keys = (await console.redisCli("--scan", "--pattern", "user:*")).split("\n").sort();
    const others = keys.filter(
      (key) => !/^user:alice:(?:history:|rate_limit$|(?:pref|personal|work):\d+$)/.test(key),
    );
    const values = await Promise.all(
      others
        .filter((key) => /^user:(?:Alice|al|alice:admin|alice):/.test(key))
        .map(async (key) => [
          key,
          await console.redisCli("TYPE", key),
          await console.redisCli("MEMORY", "USAGE", key),
        ]),
    );
    return { others, values };
  };
  const before = await snapshot();
  expect(before.values.length).toBeGreaterThanOrEqual(9);

  await page.goto("/users/by-id/alice");
  await page.getByRole("link", { name: "Privacy" }).click();
  // The key that names two people is shown, and stays.
  await expect(page.getByText("1 key is in doubt")).toBeVisible();
  await page.getByRole("button", { name: /^Erase 1[0-9] keys/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Legal ground/).selectOption("a");
  await dialog.getByLabel("Ticket").fill("DSR-2026-015");
  await dialog.getByLabel(/to confirm$/).fill("alice");
  await dialog.getByRole("button", { name: /^Erase/ }).click();
  await expect(page.getByText("Erased in part")).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText(/1 key stayed because its owner is in doubt/)).toBeVisible();

  const left = (await console.redisCli("--scan", "--pattern", "user:alice:*")).split("\n").sort();
  expect(left.filter((key) => !key.startsWith("user:alice:admin:"))).toEqual(["user:alice:pref:099"]);
  expect(await snapshot()).toEqual(before);
});

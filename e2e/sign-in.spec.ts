/** Coming in, being put out in the middle of something, and going on where one was. */
import { NOBODY } from "./support/sign-in";
import { expect, test } from "./support/test";

test("whoever is not signed in is led to the sign-in, and then to where they wanted to go", async ({
  browser,
  console,
}) => {
  const context = await browser.newContext({ baseURL: console.url, storageState: NOBODY });
  const page = await context.newPage();
  await page.goto("/usage");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fusage$/);
  await page.getByRole("button", { name: "Compliance" }).click();
  await expect(page).toHaveURL(/\/usage$/);
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict", expires: -1, path: "/" });
  expect(await page.evaluate(() => document.cookie)).not.toContain(cookie!.value);
  // Signed in, the sign-in has nothing to ask.
  await page.goto("/sign-in?next=//evil.example");
  await expect(page).toHaveURL(`${console.url}/`);
  await context.close();
});

test("a token that somebody planted before the sign-in is worth nothing after it", async ({
  browser,
  console,
}) => {
  const context = await browser.newContext({ baseURL: console.url, storageState: NOBODY });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Support" }).click();
  await expect(page).toHaveURL(`${console.url}/`);
  const [before] = await context.cookies();
  // Another sign-in in the same browser takes the first session's place.
  const other = await browser.newContext({
    baseURL: console.url,
    storageState: await context.storageState(),
  });
  await context.clearCookies();
  await context.addCookies([before!]);
  await page.getByRole("button", { name: /Demo support/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  const old = await other.request.get("/api/account");
  expect(old.status()).toBe(401);
  await context.close();
  await other.close();
});

test("a session that ends under an open page asks for a sign-in and loses nothing that was typed", async ({
  browser,
  console,
  problems,
}) => {
  problems.expect(/401/);
  const context = await browser.newContext({ baseURL: console.url, storageState: NOBODY });
  problems.watch(context);
  const page = await context.newPage();
  await page.goto("/sign-in?next=/search");
  await page.getByRole("button", { name: "Developer" }).click();
  await expect(page).toHaveURL(/\/search/);
  const query = page.getByLabel("What should be recalled?");
  await query.fill("what they said about mornings");
  const otherTab = await context.newPage();
  await otherTab.goto("/account");
  await otherTab.getByRole("button", { name: /Demo developer/ }).click();
  await otherTab.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(otherTab).toHaveURL(/\/sign-in/);
  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await expect(dialog).toBeVisible({ timeout: 20_000 });
  await dialog.getByRole("button", { name: "Go on as Demo developer" }).click();
  await expect(dialog).toBeHidden();
  await expect(query).toHaveValue("what they said about mornings");
  await context.close();
});

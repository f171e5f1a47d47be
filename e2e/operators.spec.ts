import type { Browser, Page } from "@playwright/test";
import type { TestConsole } from "./support/console";
import { expect, test } from "./support/test";

/** No demo: as a company starts it. */
test.use({ store: "empty", role: null, consoleEnv: { CONSOLE_DEMO: "0" } });

async function signIn(page: Page, name: string, password: string) {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function otherBrowser(browser: Browser, console: TestConsole): Promise<Page> {
  const context = await browser.newContext({ baseURL: console.url, storageState: undefined });
  return context.newPage();
}

test("from the first start to a second operator, whose role changes and who is put out", async ({
  page,
  browser,
  console,
  problems,
}) => {
  await page.goto("/operators");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  const password = await console.firstPassword();
  expect(password, "printed once").toMatch(/^\w{6}-\w{6}-\w{6}-\w{6}$/);
  await signIn(page, "Admin", password);
  await expect(page.getByRole("heading", { name: "Operators" })).toBeVisible();

  await page.getByRole("button", { name: "Add an operator" }).click();
  await page.getByLabel("Name").fill("Grace Hopper");
  await page.getByLabel("Role", { exact: true }).selectOption("support");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const made = await page.getByTestId("made-password").innerText();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText(made)).toHaveCount(0);

  const other = await otherBrowser(browser, console);
  await other.goto("/sign-in");
  await signIn(other, "grace hopper", "not her password");
  await expect(other.getByText("Name or password is wrong.")).toBeVisible();
  await signIn(other, "grace hopper", made);
  await expect(other).not.toHaveURL(/sign-in/);
  await other.goto("/operators");
  await expect(other.getByText("This page is for administrators")).toBeVisible();

  await page.getByRole("button", { name: "Actions for Grace Hopper" }).click();
  await page.getByRole("menuitem", { name: "Change role" }).click();
  await page.getByLabel("Role", { exact: true }).selectOption("admin");
  await page.getByRole("button", { name: "Change the role" }).click();
  await expect(page.getByText("is Administrator now")).toBeVisible();
  await other.reload();
  await expect(other.getByRole("button", { name: "Add an operator" })).toBeVisible();

  await page.getByRole("button", { name: "Actions for Grace Hopper" }).click();
  await page.getByRole("menuitem", { name: "Disable" }).click();
  await page.getByRole("button", { name: "Disable Grace Hopper" }).click();
  await expect(page.getByRole("row", { name: /Grace Hopper/ })).toContainText("disabled");
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in/);
  await signIn(other, "Grace Hopper", made);
  await expect(other.getByText("Name or password is wrong.")).toBeVisible();
  await other.context().close();

  // The last administrator cannot go.
  await page.getByRole("button", { name: "Actions for admin" }).click();
  await expect(page.getByRole("menuitem", { name: /Disable/ })).toBeDisabled();
  expect(problems.unexpected()).toEqual([]);
});

test("a name that is taken and a password that is common are said at their fields", async ({
  page,
  console,
}) => {
  await page.goto("/sign-in?next=/operators");
  await signIn(page, "admin", await console.firstPassword());
  await page.getByRole("button", { name: "Add an operator" }).click();
  await page.getByLabel("Name").fill("ADMIN");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText("There is an operator of that name already.")).toBeVisible();
  await page.getByLabel("Name").fill("Ada");
  await page.getByLabel("Make up a random password").uncheck();
  await page.getByLabel("Password", { exact: true }).fill("password12345678");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText("This password is one of those that are tried first.")).toBeVisible();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("aria-invalid", "true");
});

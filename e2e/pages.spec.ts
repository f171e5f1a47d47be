import AxeBuilder from "@axe-core/playwright";
import { NOBODY, signedInAs } from "./support/sign-in";
import { expect, test } from "./support/test";

const PAGES = [
  "/",
  "/users",
  "/search",
  "/search/evaluation",
  "/audit",
  "/operators",
  "/usage",
  "/indexes",
  "/indexes/doctor?index=idx%3Apreferences",
  "/indexes/re-embed?from=idx%3Apreferences",
  "/playground",
  "/account",
];
const TABS = ["", "/sessions", "/limits", "/memories", "/storage", "/privacy"];
const PERSON = "mallory";

/** An administrator in all looks; support, whose pages are masked, in two; nobody, at the door. */
const VISITS = [
  { role: "admin", colorScheme: "light", width: 1440 },
  { role: "admin", colorScheme: "dark", width: 390 },
  { role: "admin", colorScheme: "dark", width: 1440 },
  { role: "admin", colorScheme: "light", width: 390 },
  { role: "support", colorScheme: "light", width: 390 },
  { role: "support", colorScheme: "dark", width: 1440 },
] as const;

for (const { role, colorScheme, width } of VISITS) {
  test(`every page is accessible and fits, as ${role}, ${colorScheme}, ${width} px`, async ({
    browser,
    console,
    problems,
  }) => {
    test.setTimeout(180_000);
    const context = await browser.newContext({
      baseURL: console.url,
      storageState: await signedInAs(role, console, browser),
      colorScheme,
      viewport: { width, height: 900 },
      reducedMotion: "reduce",
    });
    problems.watch(context);
    const page = await context.newPage();
    await page.goto(`/users/by-id/${PERSON}`);
    const person = new URL(page.url()).pathname;
    const faults: string[] = [];
    for (const path of [...PAGES, ...TABS.map((tab) => person + tab)]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (overflow > 0) faults.push(`${path}: ${overflow} px wider than the window`);
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
        .analyze();
      for (const { id, nodes } of violations) {
        faults.push(
          `${path}: ${id}: ${nodes
            .map((node) => node.target.join(" "))
            .slice(0, 3)
            .join(" · ")}`,
        );
      }
    }
    expect(faults.map((fault) => fault.replace(person, "/users/…"))).toEqual([]);
    await context.close();
  });
}

test("the sign-in is accessible, in both themes and on a phone", async ({ browser, console, problems }) => {
  for (const [colorScheme, width] of [
    ["light", 1440],
    ["dark", 390],
  ] as const) {
    const context = await browser.newContext({
      baseURL: console.url,
      storageState: NOBODY,
      colorScheme,
      viewport: { width, height: 900 },
    });
    problems.watch(context);
    const page = await context.newPage();
    await page.goto("/users");
    await expect(page).toHaveURL(/\/sign-in\?next=%2Fusers$/);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await context.close();
  }
});

test("hostile content stays text", async ({ page }) => {
  await page.goto(`/users/by-id/${PERSON}`);
  await page.getByRole("link", { name: /^Sessions/ }).click();
  await page
    .getByRole("link", { name: /hostile/ })
    .first()
    .click();
  const main = page.getByRole("main");
  await expect(main.getByText("this message is not JSON at all")).toBeVisible();
  expect(await page.title()).not.toBe("owned");
  expect(await main.locator("script, img[onerror], a[href^=javascript], svg[onload]").count()).toBe(0);
});

test("an invented or cut reference names nobody", async ({ page, problems }) => {
  problems.expect(/404/);
  await page.goto("/users/AAAAAAAAAAAAAAAAAAAAAAAAAAAA");
  await expect(page.getByText(/does not name a user/).first()).toBeVisible();
});

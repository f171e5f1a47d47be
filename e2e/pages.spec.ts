import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/test";

const PAGES = ["/", "/users", "/search", "/usage", "/indexes"];
const TABS = ["", "/sessions", "/limits", "/memories", "/storage", "/privacy"];
const PERSON = "mallory";

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test(`every page is accessible and fits, ${colorScheme}, ${width} px`, async ({
      browser,
      console,
      problems,
    }) => {
      test.setTimeout(120_000);
      const context = await browser.newContext({
        baseURL: console.url,
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
}

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

/** What the tests of memories write into a store, and where they find it on the page. */
import { expect, type Page } from "@playwright/test";
import type { TestConsole } from "./console";

type Fields = Record<string, string | number>;

/** A person of one test's own. */
export async function remember(console: TestConsole, user: string, name: string, fields: Fields = {}) {
  const key = `user:${user}:${name}`;
  const all = { user_id: user, content: `fact ${name}`, importance: 5, timestamp: 1_760_000_000, ...fields };
  await console.redisCli("DEL", key);
  await console.redisCli(
    "HSET",
    key,
    ...Object.entries(all).flatMap(([field, value]) => [field, String(value)]),
  );
  return key;
}

/** The page of a person's memories, with cards on it. */
export async function open(page: Page, user: string, query = "") {
  const named = await page.request.get(`/users/by-id/${user}`, { maxRedirects: 0 });
  await page.goto(`${named.headers().location}/memories${query}`);
  await expect(card(page).first()).toBeVisible();
}

export const card = (page: Page, text?: string) =>
  page.locator("[data-list-item]").filter(text === undefined ? {} : { hasText: text });
export const drawer = (page: Page) => page.getByRole("dialog");
export const chosen = (page: Page) => page.getByRole("region", { name: "Chosen memories" });

export async function openCard(page: Page, text: string) {
  // The first cards are drawn by the server and give way to those of the living page, maybe under the click.
  await expect(async () => {
    await card(page, text).getByRole("link").click();
    await expect(drawer(page)).toBeVisible({ timeout: 1_500 });
  }).toPass();
  await expect(drawer(page).getByRole("button", { name: "Edit" })).toBeVisible();
}

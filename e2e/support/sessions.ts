/** What the tests of sessions write into a store, and where they find it on the page. */
import { expect, type Page } from "@playwright/test";
import type { TestConsole } from "./console";

export const message = (content: string, at: number, type = "human") =>
  JSON.stringify({ type, content, timestamp: 1_760_000_000 + at * 60 });

/** A person of one test's own; oldest message first. */
export async function session(console: TestConsole, user: string, name: string, messages: readonly string[]) {
  const key = `user:${user}:history:${name}`;
  await console.redisCli("DEL", key);
  for (let at = 0; at < messages.length; at += 400) {
    await console.redisCli("LPUSH", key, ...messages.slice(at, at + 400));
  }
  return key;
}

export const numbered = (count: number, words = "message") =>
  Array.from({ length: count }, (_, at) => message(`${words} number ${at}`, at));

/** The page of a person's sessions, with the conversation of one of them. */
export async function open(page: Page, user: string) {
  const named = await page.request.get(`/users/by-id/${user}`, { maxRedirects: 0 });
  await page.goto(`${named.headers().location}/sessions`);
  await expect(
    page.getByRole("region", { name: "Conversation" }).getByRole("listitem").first(),
  ).toBeVisible();
}

export const stream = (page: Page) => page.getByRole("region", { name: "Conversation", exact: true });
export const bubble = (page: Page, text: string) => stream(page).getByText(text, { exact: true });

export async function scrollUp(page: Page) {
  await stream(page)
    .locator(".overflow-y-auto")
    .first()
    .evaluate((view) => {
      view.scrollTop -= 2_000;
    });
}

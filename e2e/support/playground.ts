/** Playing the assistant in a browser. */
import type { Page } from "@playwright/test";
import { expect } from "./test";

const message = (page: Page) => page.getByLabel("Message, as the person would write it");
const steps = (page: Page) => page.getByRole("list", { name: "Steps" });
export const step = (page: Page, title: string) =>
  steps(page).last().getByRole("listitem").filter({ hasText: title });

/** Begins for a throw-away person. @returns their id */
export async function begin(page: Page): Promise<string> {
  await page.goto("/playground");
  await page.getByRole("button", { name: "Begin" }).click();
  const link = page.getByRole("region", { name: "Throw-away person" }).getByRole("link");
  await expect(link).toHaveText(/^playground-[2-9a-z]{10}$/);
  return (await link.textContent())!;
}

export async function say(page: Page, text: string): Promise<void> {
  await message(page).fill(text);
  await page.keyboard.press("Enter");
}

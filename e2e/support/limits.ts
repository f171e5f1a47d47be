/** What browser tests of limits share: people of their own, their counters, their pages. */
import type { Browser, Page } from "@playwright/test";
import type { Role } from "../../lib/auth/permissions";
import type { TestConsole } from "./console";
import { signedInAs } from "./sign-in";

export const keyOf = (id: string) => `user:${id}:rate_limit`;
/** People of each test's own: the tests of a worker share one store. */
let people = 0;
export const somebody = () => `limits-visitor-${process.pid}-${++people}`;

export async function openLimits(page: Page, id: string): Promise<void> {
  await page.goto(`/users/by-id/${id}`);
  await page.goto(`${new URL(page.url()).pathname}/limits`);
}

export async function pageAs(role: Role, console: TestConsole, browser: Browser): Promise<Page> {
  const storageState = await signedInAs(role, console, browser);
  return (await browser.newContext({ baseURL: console.url, storageState })).newPage();
}

export const card = (page: Page, window: string) =>
  page.getByRole("region", { name: `Per ${window}`, exact: true });
export const begin = (console: TestConsole, id: string, seconds: number, field: string, count: number) =>
  console.redisCli("HSETEX", keyOf(id), "EX", `${seconds}`, "FIELDS", "1", field, `${count}`);
export const pttl = async (console: TestConsole, id: string, field: string) =>
  Number(await console.redisCli("HPTTL", keyOf(id), "FIELDS", "1", field));

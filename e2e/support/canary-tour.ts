/** Everything of the console that one can look at about one person, looked at as a person would. */
import type { Locator, Page } from "@playwright/test";
import { PERSON } from "./canary";
import { expect } from "./test";

const settled = (page: Page) =>
  expect(page.locator("main [aria-busy=true], main [role=status][aria-label^=Loading]")).toHaveCount(0);

/** Finds the person by a part of the id and by the whole, in the list and in the palette. */
export async function findPerson(page: Page): Promise<string> {
  await page.goto("/users");
  const field = page.getByRole("searchbox", { name: "Find a user" });
  const rows = page.locator("[data-list] tbody tr");
  for (const typed of [PERSON.partOfId, PERSON.id]) {
    await field.fill(typed);
    await expect(page).toHaveURL((url) => url.hash === `#q=${encodeURIComponent(typed)}`);
    await expect(page.getByText(/^1 of [\d,]+ users match/)).toBeVisible({ timeout: 10_000 });
    await expect(rows).toHaveCount(1);
  }
  // Faster than the list follows.
  await field.fill(PERSON.partOfId);
  await field.fill(PERSON.id);
  await field.press("Enter");
  await expect(page).toHaveURL(/\/users\/[\w-]{20,}$/);
  const person = new URL(page.url()).pathname;

  for (const typed of [PERSON.partOfId, PERSON.id]) {
    await page.goto("/usage");
    await page.getByRole("button", { name: /Find or go to/ }).click();
    await page.getByPlaceholder("A user's id, a page, a command").fill(typed);
    const found = page.getByRole("group", { name: "Users" }).getByRole("option");
    await expect(found).toHaveCount(1);
    await found.click();
    await expect(page).toHaveURL((url) => url.pathname === person);
  }
  return person;
}

export async function openTab(page: Page, person: string, name: RegExp, path: string) {
  await page.getByRole("main").getByRole("link", { name }).first().click();
  await expect(page).toHaveURL((url) => url.pathname === `${person}${path}`);
  await settled(page);
}

/** Every session of the person, each with every message, and each message's bytes. */
export async function readSessions(page: Page, person: string) {
  await openTab(page, person, /^Sessions/, "/sessions");
  const sessions = page.getByRole("region", { name: "Sessions" }).locator("[data-list-item]");
  await expect(sessions).toHaveCount(2);
  for (const session of await sessions.all()) {
    await session.click();
    await expect(session).toHaveAttribute("aria-current", "true");
    await settled(page);
    const conversation = page.getByRole("region", { name: "Conversation" });
    const bytes = conversation.getByRole("button", { name: "Show its bytes" });
    await expect(bytes.first()).toBeVisible();
    for (const button of await bytes.all()) await lookIntoSheet(page, button);
  }
}

async function lookIntoSheet(page: Page, opener: Locator) {
  await opener.click({ force: true });
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByText("Read as")).toBeVisible();
  const bytes = sheet.getByRole("button", { name: "Bytes", exact: true });
  if (await bytes.isVisible()) await bytes.click();
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
}

/** The list, narrowed by a word and opened, and the search over it. */
export async function readMemories(page: Page, person: string) {
  await openTab(page, person, /^Memories/, "/memories");
  const cards = page.getByRole("main").locator("[data-list-item]");
  await expect(cards).toHaveCount(2);
  const filter = page.getByRole("searchbox", { name: "Filter: text contains" });
  await filter.fill(PERSON.wordOfMemory);
  await expect(page.getByText("1 of 2 memories")).toBeVisible();
  expect(page.url()).toContain("#text=");
  await page.reload();
  await expect(page.getByText("1 of 2 memories")).toBeVisible();
  await expect(filter).toHaveValue(PERSON.wordOfMemory);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(filter).toHaveValue("");
  await expect(cards).toHaveCount(2);

  for (const at of [0, 1]) {
    await cards.nth(at).getByRole("link").click();
    const drawer = page.getByRole("dialog");
    await drawer.getByText("As stored in Redis").click();
    await expect(drawer.getByText("user_id").first()).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(drawer).toHaveCount(0);
  }

  const search = page.getByRole("searchbox", { name: /^Search these memories/ });
  await search.fill(PERSON.wordOfMemory);
  await search.press("Enter");
  await expect(page.getByRole("main").locator("ol[data-list] > li").first()).toBeVisible();
}

/** The lab, for this person by id and for everybody. */
export async function searchInLab(page: Page) {
  await page.goto("/search");
  for (const who of [PERSON.id, ""]) {
    await page.getByLabel("Whose memories").fill(who);
    await page.getByLabel("What should be recalled?").fill(PERSON.wordOfMemory);
    const answer = page.waitForResponse(
      (response) => response.url().endsWith("/api/search") && response.request().method() === "POST",
    );
    const search = page.getByRole("button", { name: "Search", exact: true });
    await search.click();
    await answer;
    // The whole of it has arrived, and is drawn.
    await expect(search).toBeEnabled();
    await expect(page.getByRole("main").locator("ol[data-list] > li").first()).toBeVisible();
    await expect(page.getByText("Behind it")).toBeVisible();
  }
}

/** What is about everybody, and what is about nobody. */
export async function lookAround(page: Page) {
  for (const path of [
    "/",
    "/usage",
    "/indexes",
    "/audit",
    "/account",
    `/users/${"A".repeat(28)}`,
    "/users/by-id/nobody-at-all",
  ]) {
    await page.goto(path);
    await expect(page.getByRole("main")).toBeVisible();
    await settled(page);
  }
  await page.goto("/audit");
  await page
    .getByRole("button", { name: /: open entry / })
    .first()
    .click();
  await expect(page.getByRole("dialog").getByText("In the chain")).toBeVisible();
  await page.keyboard.press("Escape");
}

export async function lookAtPerson(page: Page, person: string) {
  await page.goto(person);
  await settled(page);
  await readSessions(page, person);
  await openTab(page, person, /^Limits/, "/limits");
  await expect(page.getByRole("region", { name: "Per minute" })).toBeVisible();
  await readMemories(page, person);
  await openTab(page, person, /^Storage/, "/storage");
  await expect(page.locator("[data-list] tbody tr")).toHaveCount(7);
  await openTab(page, person, /^Overview/, "");
}

/** Every door behind which something of a person may stand, asked by hand: pages ask some of them seldom. */
import type { Page } from "@playwright/test";
import { PERSON } from "./canary";
import { ROUTES } from "./doors";
import { expect } from "./test";

/** What a door cannot do without. */
const NEEDED: Record<string, string> = { "/api/indexes/doctor": "?index=idx:preferences" };

/** As the page itself asks, so that the answer is written down with the others. */
async function ask(page: Page, path: string, body?: object) {
  const result = await page.evaluate(
    async ([address, sent]) => {
      const headers = { "Content-Type": "application/json" };
      const post = sent === undefined ? {} : { method: "POST", headers, body: JSON.stringify(sent) };
      return (await fetch(address, post)).json();
    },
    [path, body] as const,
  );
  expect(result.ok, path).toBe(true);
  return result.data;
}

export async function knockAtDoors(page: Page, person: string) {
  const api = `/api${person}`;
  for (const path of ["/rate-limits", "/storage?sort=key", "/sessions/strip", "/memories/terms", ""]) {
    await ask(page, api + path);
  }
  for (const sort of ["name", "bytes"]) {
    const { sessions } = await ask(page, `${api}/sessions?sort=${sort}`);
    for (const { ref } of sessions as { ref: string }[])
      await askAboutSession(page, `${api}/sessions/${ref}`);
  }
  const { items } = await ask(page, `${api}/memories`, { text: PERSON.wordOfMemory, sort: "name" });
  const userRef = person.split("/").at(-1);
  for (const { ref } of items as { ref: string }[]) {
    await ask(page, `${api}/memories/${ref}`);
    await ask(page, `${api}/memories/${ref}/history`);
    // Found, filtered out, and with a word of its own that would have found it.
    const why = { userRef, memoryRef: ref, query: PERSON.wordOfMemory };
    for (const asked of [why, { ...why, maxImportance: -1 }, { ...why, query: "weather", k: 1 }]) {
      await ask(page, "/api/search/why", asked);
    }
  }
  await ask(page, "/api/search/vector-sets", { userRef, query: PERSON.wordOfMemory });
  const { keys } = await ask(page, `${api}/storage`);
  for (const { ref } of keys as { ref: string }[]) await ask(page, `${api}/storage/${ref}`);
  for (const [door, right] of Object.entries(ROUTES)) {
    const [method, path = ""] = door.split(" ");
    const isPlain = method === "GET" && path.startsWith("/api/") && !path.includes("[");
    // The stream never ends; pages read it.
    if (isPlain && right === "browse" && path !== "/api/live") await ask(page, path + (NEEDED[path] ?? ""));
  }
}

async function askAboutSession(page: Page, session: string) {
  const { messages } = await ask(page, `${session}/messages?limit=100`);
  for (const { position } of messages as { position: number }[]) {
    await ask(page, `${session}/messages/${position}`);
  }
  await ask(page, `${session}/find`, { words: "narcolembia" });
  for (const path of [
    "/date?at=1762000001000",
    `/locate?position=0&marks=${"0".repeat(16)}`,
    "/size?exact=1",
    "/trim?keep=1",
  ]) {
    await ask(page, session + path);
  }
}

/** Doors about one person, open to everybody who may browse, that nobody went through. */
export function unvisitedDoors(asked: readonly { method: string; url: string }[]): string[] {
  return Object.entries(ROUTES)
    .filter(([door, right]) => right === "browse" && door.includes("/api/users/[ref]"))
    .map(([door]) => door)
    .filter((door) => {
      const pattern = new RegExp(`^${door.replace(/\[\w+\]/g, "[^/]+")}$`);
      return !asked.some(({ method, url }) => pattern.test(`${method} ${new URL(url).pathname}`));
    });
}

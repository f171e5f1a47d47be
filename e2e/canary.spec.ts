import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import type { Role } from "../lib/auth/permissions";
import type { AuditEntry } from "../lib/redis/audit-chain/entry";
import { auditLog, verifyAudit } from "./support/audit-log";
import { canaryIn, PERSON, writeAgain, writeCanary } from "./support/canary";
import { knockAtDoors, unvisitedDoors } from "./support/canary-doors";
import {
  findPerson,
  lookAround,
  lookAtPerson,
  openTab,
  readMemories,
  searchInLab,
} from "./support/canary-tour";
import type { TestConsole } from "./support/console";
import type { PageProblems } from "./support/problems";
import { openRecordingProxy, type RecordingProxy } from "./support/recording-proxy";
import { signedInAs } from "./support/sign-in";
import { test as base, expect } from "./support/test";

/**
 * One person whose every word is known, and everything that leaves the console written down: what a masked role is
 * sent, and what addresses, logs and the audit log hold of that person whoever looks.
 */
const test = base.extend<object, { mirror: string }>({
  mirror: [
    async ({ store }, use) => {
      const folder = await mkdtemp(join(tmpdir(), `memory-console-mirror-${store}-`));
      await use(join(folder, "audit.jsonl"));
      await rm(folder, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
  consoleEnv: [async ({ mirror }, use) => use({ AUDIT_MIRROR: mirror }), { scope: "worker" }],
});

// What the browser got is written down here; a trace of it all would take longer than the tour.
test.use({ role: null, trace: "off" });
test.describe.configure({ mode: "serial", timeout: 300_000 });

const REASON = "TCK-4711 asks why an answer was wrong";
const TICKET = "DSR-2026-031";
/** Every recording, and every address that a page had, without its fragment. */
const recordings: RecordingProxy[] = [];
const addresses = new Set<string>();

async function openAs(role: Role, browser: Browser, console: TestConsole, problems: PageProblems) {
  const proxy = await openRecordingProxy(console.url);
  recordings.push(proxy);
  const context = await browser.newContext({
    baseURL: console.url,
    storageState: await signedInAs(role, console, browser),
    proxy: { server: proxy.server },
  });
  problems.watch(context);
  const page = await context.newPage();
  page.on("framenavigated", (frame) => addresses.add(frame.url().replace(/#.*/, "")));
  return { page, proxy };
}

/** @returns the doors that answered something of the person since `from`, each with what was found first */
function leaked({ exchanges }: RecordingProxy, from = 0): string[] {
  const found = exchanges.slice(from).flatMap(({ method, url, answerHeaders, answer }) => {
    const [first] = [answerHeaders, Buffer.concat(answer).toString("utf8")].flatMap(canaryIn);
    return first ? [`${method} ${new URL(url).pathname}: ${first}`] : [];
  });
  return [...new Set(found)].slice(0, 20);
}

let person: string;

test.beforeAll(async ({ console }) => writeCanary(console));

test.afterAll(async () => {
  for (const recording of recordings) await recording.close();
});

test("support is sent nothing of the person, until it reveals, and nothing more after", async ({
  browser,
  console,
  problems,
}) => {
  problems.expect(/404/);
  const { page, proxy } = await openAs("support", browser, console, problems);
  person = await findPerson(page);
  await expect(page.getByText(`you typed: ${PERSON.id}`)).toBeVisible();
  await lookAtPerson(page, person);
  await searchInLab(page);
  await lookAround(page);
  await watchChange(page, proxy, console);
  await knockAtDoors(page, person);
  expect(unvisitedDoors(proxy.exchanges)).toEqual([]);
  expect(leaked(proxy)).toEqual([]);

  await reveal(page);
  await openTab(page, person, /^Sessions/, "/sessions");
  await expect(page.getByText(PERSON.message).last()).toBeVisible();
  await readMemories(page, person);
  const memory = page.getByRole("main").getByText(PERSON.memory);
  await expect(memory.first()).toBeVisible();
  expect(leaked(proxy).length).toBeGreaterThan(0);

  await page.getByRole("button", { name: "Mask again" }).click();
  await expect(page.getByRole("timer")).toHaveCount(0);
  await expect(memory).toHaveCount(0);
  expect(canaryIn(await page.getByRole("main").innerText())).toEqual([]);
  const masked = proxy.exchanges.length;
  await lookAtPerson(page, person);
  await page.goto("/audit");
  await expect(page.getByRole("button", { name: /^Reveal a person: open entry/ }).first()).toBeVisible();
  expect(leaked(proxy, masked)).toEqual([]);
  await page.context().close();
});

/** What changes is told to open pages as it happens. */
async function watchChange(page: Page, { exchanges }: RecordingProxy, console: TestConsole) {
  await page.goto("/");
  await expect(page.locator("header button[aria-pressed]")).toHaveText("Live");
  await writeAgain(console);
  const told = () =>
    exchanges
      .filter(({ url }) => url.endsWith("/api/live"))
      .map(({ answer }) => Buffer.concat(answer).toString("utf8"))
      .join();
  await expect.poll(told).toContain(person.replace("/users/", ""));
}

async function reveal(page: Page) {
  await page.goto(person);
  await page.getByRole("button", { name: "Reveal", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Reveal for 15 minutes" }).click();
  await expect(dialog.getByText(/reason/i).last()).toBeVisible();
  await dialog.getByLabel("Reason").fill(REASON);
  await dialog.getByRole("button", { name: "Reveal for 15 minutes" }).click();
  await expect(dialog).toHaveCount(0);
  const notice = page.getByRole("status").filter({ hasText: "is revealed to you for" });
  await expect(notice).toContainText(PERSON.id);
  await expect(notice.getByRole("timer")).toHaveText(/^1[45]:\d\d$|^1[45] min/);
}

test("compliance sees the person as it is, and erases it for a reason", async ({
  browser,
  console,
  problems,
}) => {
  const { page } = await openAs("compliance", browser, console, problems);
  expect(await findPerson(page)).toBe(person);
  await expect(page.getByRole("heading", { level: 1, name: PERSON.id })).toBeVisible();
  await openTab(page, person, /^Sessions/, "/sessions");
  await expect(page.getByText(PERSON.message).last()).toBeVisible();
  await readMemories(page, person);
  await expect(page.getByRole("main").getByText(PERSON.memory).first()).toBeVisible();

  await openTab(page, person, /^Privacy/, "/privacy");
  const inDoubt = page.getByRole("main").getByRole("checkbox");
  await expect(inDoubt).toHaveCount(2);
  for (const key of await inDoubt.all()) await key.check();
  await page.getByRole("button", { name: /^Erase 7 keys/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Legal ground/).selectOption("b");
  await dialog.getByLabel("Ticket").fill(TICKET);
  await dialog.getByLabel(/to confirm$/).fill(PERSON.id);
  await dialog.getByRole("button", { name: /^Erase/ }).click();
  await expect(page.getByText("Erased, and verified in Redis")).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText(new RegExp(`ticket ${TICKET}`))).toBeVisible();
  expect(await console.redisCli("KEYS", "*quokkafarn*")).toBe("");
  await page.goto("/audit");
  await expect(page.getByRole("button", { name: /^Erase a person: open entry/ }).first()).toBeVisible();
  await page.context().close();
});

test("the log tells both, before and after; whoever changes a byte of it is found out", async ({
  console,
  mirror,
}) => {
  const lines = (await auditLog(console)).split("\n").filter((line) => line.startsWith("{"));
  const entries = lines.map((line): AuditEntry => JSON.parse(line));
  const of = (action: string) => entries.filter((entry) => entry.action === action);
  expect(of("account.reveal").filter(({ outcome }) => outcome !== "refused")).toMatchObject([
    { role: "support", outcome: "intent", reason: REASON },
    { role: "support", outcome: "ok", reason: REASON },
  ]);
  expect(of("erasure.start")).toMatchObject([
    { role: "compliance", outcome: "intent", ticket: TICKET },
    { role: "compliance", outcome: "ok", ticket: TICKET },
  ]);
  expect(of("erasure.run").at(-1)).toMatchObject({ outcome: "ok", ticket: TICKET });
  const subjects = [...of("account.reveal"), ...of("erasure.start")].map(({ subject }) => subject);
  expect(new Set(subjects).size).toBe(1);

  await expect
    .poll(async () => (await readFile(mirror, "utf8")).trimEnd().split("\n").length)
    .toBe(lines.length);
  expect(await verifyAudit(mirror)).toMatchObject({ code: 0 });

  const { seq } = of("erasure.start")[0]!;
  const bytes = await readFile(mirror);
  const at = bytes.indexOf(TICKET, bytes.indexOf(`"seq":${seq},`));
  bytes[at] = bytes[at]! ^ 1;
  const copy = `${mirror}.changed`;
  await writeFile(copy, bytes);
  const verdict = await verifyAudit(copy);
  expect(verdict.code).toBe(1);
  expect(verdict.said).toMatch(new RegExp(`\\b${seq}\\b`));
});

test("no address, no header, no log and no entry holds anything of the person", async ({
  console,
  mirror,
  request,
}) => {
  const places: Record<string, string[]> = {
    "a request's address or headers": recordings.flatMap(({ exchanges }) =>
      exchanges.map(({ url, requestHeaders }) => `${url} ${requestHeaders}`),
    ),
    "a page's address": [...addresses],
    "the console's output": [console.output()],
    "the audit log": [await auditLog(console)],
    "the mirror": [await readFile(mirror, "utf8")],
    health: [await (await request.get("/api/health")).text()],
  };
  for (const [place, texts] of Object.entries(places)) {
    expect(texts.length, place).toBeGreaterThan(0);
    expect(texts.flatMap(canaryIn), place).toEqual([]);
  }
});

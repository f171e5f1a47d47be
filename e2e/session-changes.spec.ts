/** What is done with a session: by a developer, undone by a developer, and refused to a support agent. */
import { readFile } from "node:fs/promises";
import { bubble, message, numbered, open, session, stream } from "./support/sessions";
import { expect, test } from "./support/test";

test.use({ role: "developer" });

test("deletes one of two twins and puts it back", async ({ page, console }) => {
  const messages = ["twin", "between", "twin", "last"].map((text, at) => message(text, Math.min(at, 2)));
  messages[2] = messages[0]!;
  const key = await session(console, "e2e-delete", "s1", messages);
  const stored = async () => console.redisCli("LRANGE", key, "0", "-1");
  const before = await stored();
  await open(page, "e2e-delete");
  await stream(page).getByRole("listitem").nth(2).hover();
  await stream(page)
    .getByRole("listitem")
    .nth(2)
    .getByRole("button", { name: "Delete this message" })
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete 1 message" }).click();
  await expect(page.getByText("1 message deleted")).toBeVisible();
  expect((await stored()).split("\n")).toEqual([messages[3], messages[1], messages[0]]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone: it is as it was")).toBeVisible();
  expect(await stored()).toBe(before);
  await expect(bubble(page, "twin")).toHaveCount(2);
});

test("shows what a trim would take, takes it, and gives it back", async ({ page, console }) => {
  const key = await session(console, "e2e-trim", "s1", numbered(40));
  const before = await console.redisCli("LRANGE", key, "0", "-1");
  await open(page, "e2e-trim");
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Trim to the newest…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Keep the newest").fill("10");
  const goes = dialog.getByRole("list", { name: "What goes" });
  await expect(goes.getByText("message number 0")).toBeVisible();
  await expect(goes.getByText("message number 29")).toBeVisible();
  await expect(goes.getByText("26 more")).toBeVisible();
  await dialog.getByRole("button", { name: "Remove 30 messages" }).click();
  await expect(page.getByText("30 messages removed")).toBeVisible();
  expect(await console.redisCli("LLEN", key)).toBe("10");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone: it is as it was")).toBeVisible();
  expect(await console.redisCli("LRANGE", key, "0", "-1")).toBe(before);
});

test("gives a session a life, and its former one back", async ({ page, console }) => {
  const key = await session(console, "e2e-life", "s1", numbered(3));
  await open(page, "e2e-life");
  await page.getByRole("button", { name: "Other…" }).click();
  await page.getByLabel("How many").fill("3");
  await page.getByRole("button", { name: "Set this life" }).click();
  await expect(page.getByText("The session expires in 3 days")).toBeVisible();
  expect(Number(await console.redisCli("TTL", key))).toBeGreaterThan(250_000);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone: it is as it was")).toBeVisible();
  expect(await console.redisCli("TTL", key)).toBe("-1");
});

test("an end that cannot be is told beside its field, before anything is sent", async ({ page, console }) => {
  const key = await session(console, "e2e-life-end", "s1", numbered(3));
  await open(page, "e2e-life-end");
  await page.getByRole("button", { name: "Other…" }).click();
  await page.getByLabel("Counted").selectOption("at");
  const when = page.getByLabel("Day and time, where you are");
  await when.fill("9999-01-01T00:00");
  await expect(page.getByText("Ten years from now is the latest.")).toBeVisible();
  await when.fill("2020-01-01T00:00");
  await expect(page.getByText("Choose a time to come. To remove the session now, delete it.")).toBeVisible();
  await page.getByRole("button", { name: "Set this life" }).click();
  await expect(page.getByText("It was not done")).toBeVisible();
  await expect(page.getByText("expireAtMs")).toHaveCount(0);
  expect(await console.redisCli("TTL", key)).toBe("-1");
});

test("one submit appends one message, and what is typed meanwhile or in another session is kept", async ({
  page,
  console,
}) => {
  const key = await session(console, "e2e-append", "one", numbered(3));
  await session(console, "e2e-append", "two", numbered(2, "other"));
  await open(page, "e2e-append");
  const rows = page.getByRole("region", { name: "Sessions" }).getByRole("link");
  const [one, two] = [rows.filter({ hasText: "3 messages" }), rows.filter({ hasText: "2 messages" })];
  await one.click();
  await expect(bubble(page, "message number 2")).toBeVisible();
  await page.getByRole("button", { name: "Append a message" }).click();
  const field = page.getByLabel("What", { exact: true });
  await field.fill("said once");
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/sessions*", async (route) => {
    if (route.request().method() === "POST") await held;
    await route.continue();
  });
  await field.evaluate((element: HTMLTextAreaElement) => {
    element.form?.requestSubmit();
    element.form?.requestSubmit();
  });
  await field.fill("typed meanwhile");
  answer();
  await expect(bubble(page, "said once")).toBeVisible();
  await expect(field).toHaveValue("typed meanwhile");
  expect(await console.redisCli("LLEN", key)).toBe("4");

  await field.press("Escape");
  await expect(page.getByText("What you typed is kept.")).toBeVisible();
  await two.click();
  await expect(bubble(page, "other number 1")).toBeVisible();
  await expect(page.getByText("What you typed is kept.")).toHaveCount(0);
  await rows.filter({ hasText: "4 messages" }).click();
  await page.getByRole("button", { name: "Append a message" }).click();
  await expect(field).toHaveValue("typed meanwhile");
});

test("a developer takes a session out as JSON Lines", async ({ page, console }) => {
  await session(console, "e2e-download", "s1", [message("hello", 1), "not json", message("bye", 2, "ai")]);
  await open(page, "e2e-download");
  await page.getByRole("button", { name: "More" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Download as JSON Lines" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^session-\d{4}-\d{2}-\d{2}\.jsonl$/);
  const lines = (await readFile(await file.path(), "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines).toEqual([
    { position: 0, message: JSON.parse(message("hello", 1)) },
    { position: 1, text: "not json" },
    { position: 2, message: JSON.parse(message("bye", 2, "ai")) },
    { end: true, messages: 3, gaps: 0 },
  ]);
});

test.describe("support", () => {
  test.use({ role: "support" });

  test("counts messages that hold a word, reads none of them, and takes nothing out", async ({
    page,
    console,
  }) => {
    await session(console, "e2e-masked", "s1", [message("the golden key", 1), message("nothing", 2)]);
    await open(page, "e2e-masked");
    await expect(page.getByText("golden")).toHaveCount(0);
    await page.getByRole("button", { name: "Find in this session" }).click();
    await page.getByRole("searchbox", { name: "Find in this session" }).fill("golden");
    await expect(page.getByText("1 message holds it; which ones is hidden")).toBeVisible();
    await expect(page.getByRole("button", { name: "Older match" })).toBeDisabled();

    await page.getByRole("button", { name: "More" }).click();
    await expect(page.getByRole("menuitem", { name: /Copy as redis-cli/ })).toBeVisible();
    await expect(page.getByRole("menuitem", { name: /Download/ })).toHaveCount(0);
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: /2 messages/ }).click();
    await expect(page).toHaveURL(/session=/);
    const url = new URL(page.url());
    const path = url.pathname.replace(/^\/users/, "/api/users");
    const refused = await page.request.get(`${path}/${url.searchParams.get("session")}/download`);
    expect(refused.status()).toBe(403);
    expect(await refused.text()).not.toContain("golden");
  });
});

/** Sessions as a developer watches them: live, whole, side by side. */
import { bubble, message, numbered, open, scrollUp, session, stream } from "./support/sessions";
import { expect, test } from "./support/test";

test.use({ role: "developer" });

test("follows what is written, and counts it for a reader who has scrolled away", async ({
  page,
  console,
}) => {
  const key = await session(console, "e2e-follow", "s1", numbered(80));
  await open(page, "e2e-follow");
  await expect(bubble(page, "message number 79")).toBeInViewport();
  await console.redisCli("LPUSH", key, message("written just now", 100));
  await expect(bubble(page, "written just now")).toBeInViewport();

  await scrollUp(page);
  await expect(bubble(page, "written just now")).not.toBeInViewport();
  await console.redisCli("LPUSH", key, message("a", 101), message("b", 102), message("the third", 103));
  const pill = page.getByRole("button", { name: "3 new" });
  await expect(pill).toBeVisible();
  await pill.click();
  await expect(bubble(page, "the third")).toBeInViewport();
});

test("a reader further up keeps their place while the list is trimmed and written", async ({
  page,
  console,
}) => {
  const key = await session(console, "e2e-trimmed", "s1", numbered(1_000));
  await open(page, "e2e-trimmed");
  await page.getByRole("button", { name: "Go to a time" }).click();
  await page.getByRole("button", { name: "First", exact: true }).click();
  await expect(bubble(page, "message number 0")).toBeInViewport();
  await stream(page)
    .locator(".overflow-y-auto")
    .first()
    .evaluate((view) => {
      view.scrollTop = 3_000;
    });
  const text = "message number 43";
  await expect(bubble(page, text)).toBeInViewport();
  const before = (await bubble(page, text).boundingBox())!.y;
  await console.redisCli("LPUSH", key, message("new", 2_000));
  await console.redisCli("LTRIM", key, "0", "990");
  await expect(stream(page).getByText("991 messages")).toBeVisible();
  await expect(bubble(page, text)).toBeInViewport();
  await expect(async () => {
    expect(Math.abs((await bubble(page, text).boundingBox())!.y - before)).toBeLessThan(3);
  }).toPass();
});

test("finds words in messages that are not here, newest first, with next and previous", async ({
  page,
  console,
}) => {
  const messages = numbered(3_000).map((text, at) =>
    at === 5 || at === 1_500 || at === 2_950 ? message(`The GOLDEN key, ${at}`, at) : text,
  );
  await session(console, "e2e-find", "s1", messages);
  await open(page, "e2e-find");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.getByRole("button", { name: "Find in this session" }).click();
  await page.getByRole("searchbox", { name: "Find in this session" }).fill("golden KEY");
  await expect(page.getByText("3 messages hold it")).toBeVisible();
  for (const [at, place] of [
    [2_950, "3 of 3"],
    [1_500, "2 of 3"],
    [5, "1 of 3"],
  ] as const) {
    await page.getByRole("button", { name: "Older match" }).click();
    await expect(page.getByText(place)).toBeVisible();
    await expect(stream(page).locator("mark", { hasText: "GOLDEN key" })).toBeInViewport();
    await expect(stream(page).getByText(`, ${at}`)).toBeInViewport();
  }
  await page.getByRole("button", { name: "Newer match" }).click();
  await expect(page.getByText("2 of 3")).toBeVisible();
  expect(asked.filter((url) => /golden/i.test(url))).toEqual([]);
});

test("a search follows messages that are taken out and that come", async ({ page, console }) => {
  const texts = numbered(60).map((text, at) => (at % 10 === 0 ? message(`needle ${at}`, at) : text));
  const key = await session(console, "e2e-find-live", "s1", texts);
  await open(page, "e2e-find-live");
  await page.getByRole("button", { name: "Find in this session" }).click();
  const field = page.getByRole("searchbox", { name: "Find in this session" });
  await field.fill("timestamp");
  await expect(page.getByText("0 messages hold it")).toBeVisible();
  await field.fill("needle  ");
  await expect(page.getByText("6 messages hold it")).toBeVisible();
  await field.press("Enter");
  await expect(page.getByText("6 of 6")).toBeVisible();
  const current = stream(page).locator(".outline-warn");
  await expect(current).toHaveText("needle 50");

  await console.redisCli("LREM", key, "1", texts[15]!);
  await expect(stream(page).getByText("59 messages")).toBeVisible();
  await expect(current).toHaveText("needle 50");
  await expect(page.getByText("6 of 6")).toBeVisible();
  await console.redisCli("LREM", key, "1", texts[25]!);
  await console.redisCli("LPUSH", key, message("needle 60", 60), message("needle 61", 61));
  await expect(page.getByText("6 of 8")).toBeVisible();
  await expect(current).toHaveText("needle 50");
  await field.press("Enter");
  await expect(page.getByText("5 of 8")).toBeVisible();
  await expect(current).toHaveText("needle 40");
  await field.fill("number 3");
  await expect(page.getByText("10 messages hold it")).toBeVisible();
  await field.press("Enter");
  await expect(current).toHaveText("message number 39");
});

test("a link opens at its message, also after the list has moved", async ({ page, console, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const key = await session(console, "e2e-link", "s1", numbered(900));
  await open(page, "e2e-link");
  await page.getByRole("button", { name: "Find in this session" }).click();
  await page.getByRole("searchbox", { name: "Find in this session" }).fill("number 300");
  await page.getByRole("button", { name: "Older match" }).click();
  await stream(page).getByRole("listitem").filter({ hasText: "number 300" }).hover();
  const item = stream(page).getByRole("listitem").filter({ hasText: "number 300" });
  await item.getByRole("button", { name: "Copy a link to it" }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/message=300-[0-9a-f]{16}$/);

  await page.goto(link);
  await expect(stream(page).getByText("message number 300", { exact: true })).toBeInViewport();
  await console.redisCli("LTRIM", key, "0", "799");
  await page.reload();
  await expect(stream(page).getByText("message number 300", { exact: true })).toBeInViewport();
  await expect(page.getByText("The session moved since this link was made")).toBeVisible();
  await console.redisCli("LTRIM", key, "0", "99");
  await page.reload();
  await expect(page.getByText("is not in the session any more")).toBeVisible();
});

test("an odd message is called what it is, and nothing of it turns the page's own words around", async ({
  page,
  console,
}) => {
  await session(console, "e2e-odd", "s1", [
    JSON.stringify({ type: 123, content: "from a number" }),
    JSON.stringify({ type: "", content: "from nobody", "\u202efield": 1 }),
    "\u202eturned",
    JSON.stringify({ type: "ai", content: "x".repeat(100_000) }),
  ]);
  await open(page, "e2e-odd");
  const messages = stream(page);
  await expect(messages.getByText("type is no text")).toBeVisible();
  await expect(messages.getByText("blank type")).toBeVisible();
  await expect(messages.getByText("+1 field")).toHaveAttribute("data-tip", "Further fields: ⟦U+202E⟧field");
  await expect(messages.getByText("Unexpected token '⟦U+202E⟧'")).toBeVisible();
  await expect(messages.getByRole("button", { name: "show the first 10,000 characters" })).toBeVisible();
  expect(await messages.innerText()).not.toContain("\u202e");
});

test("two sessions stand side by side, each with its own scroll and an address", async ({
  page,
  console,
}) => {
  await session(console, "e2e-beside", "one", numbered(60, "first"));
  await session(console, "e2e-beside", "two", numbered(60, "second"));
  await open(page, "e2e-beside");
  const other = page.getByRole("button", { name: /^Compare with/ }).first();
  await other.focus();
  // It appears in the corner of its row, and lies over no words.
  const [button, time] = await Promise.all(
    [other, other.locator("..").locator("time")].map((at) => at.boundingBox()),
  );
  expect(time!.x + time!.width).toBeLessThanOrEqual(button!.x);
  await other.click();
  await expect(page).toHaveURL(/session=.+&beside=|beside=.+&session=/);
  const pair = ["Conversation", "Conversation beside it"].map((name) =>
    page.getByRole("region", { name, exact: true }),
  );
  const words = await Promise.all(
    pair.map(async (pane) => (await pane.getByText(/number 59$/).innerText()).split(" ")[0]),
  );
  expect(words.sort()).toEqual(["first", "second"]);
  await pair[1]!
    .locator(".overflow-y-auto")
    .first()
    .evaluate((view) => {
      view.scrollTop = 0;
    });
  await expect(pair[1]!.getByText(/number 59$/)).not.toBeInViewport();
  await expect(pair[0]!.getByText(/number 59$/)).toBeInViewport();
  await page.reload();
  await expect(pair[1]!).toBeVisible();
  await pair[1]!.getByRole("button", { name: "Close this one" }).click();
  await expect(page.getByRole("region", { name: "Sessions" })).toBeVisible();
});

test("the address follows a session that was opened, and what is clicked next goes where it says", async ({
  page,
  console,
}) => {
  await session(console, "e2e-opened", "older", numbered(5));
  await session(console, "e2e-opened", "newer", numbered(205));
  await open(page, "e2e-opened");
  const list = page.getByRole("region", { name: "Sessions" });
  const row = (name: string) => list.getByRole("link").filter({ hasText: name });
  await expect(row("newer")).toHaveAttribute("aria-current", "true");
  await row("older").click();
  await expect(row("older")).toHaveAttribute("aria-current", "true");
  await expect(bubble(page, "message number 4")).toBeInViewport();
  await expect(page).toHaveURL(/[?]session=/);
  const opened = page.url();
  await page.reload();
  await expect(bubble(page, "message number 4")).toBeInViewport();
  await page.goBack();
  await expect(row("newer")).toHaveAttribute("aria-current", "true");

  await row("older").click();
  await page.getByRole("link", { name: "Limits", exact: true }).last().click();
  await expect(page).toHaveURL(/\/limits$/);
  await expect(page.getByRole("heading", { name: "e2e-opened" })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(opened);
  await expect(bubble(page, "message number 4")).toBeInViewport();
});

test("the timeline of a person opens a session", async ({ page, console }) => {
  const now = Math.floor(Date.now() / 1_000);
  const recent = [80, 20, 1].map((days) =>
    JSON.stringify({ type: "human", content: `${days} days ago`, timestamp: now - days * 86_400 }),
  );
  await session(console, "e2e-strip", "s1", recent);
  await page.goto("/users/by-id/e2e-strip");
  const lines = page.getByRole("list", { name: "Sessions over the last 90 days" });
  await lines.getByRole("link", { name: /^s1: 3 messages/ }).click();
  await expect(page).toHaveURL(/\/sessions\?session=/);
  await expect(bubble(page, "1 days ago")).toBeVisible();
});

test("the list is filtered in the address", async ({ page, console }) => {
  await session(console, "e2e-filter", "long", numbered(120));
  const key = await session(console, "e2e-filter", "short", numbered(3));
  await console.redisCli("EXPIRE", key, "600");
  await open(page, "e2e-filter");
  const list = page.getByRole("region", { name: "Sessions" });
  await list.getByRole("button", { name: "expiring" }).click();
  await expect(page).toHaveURL(/filter=expiring/);
  await expect(list.getByText("1 of 2 sessions")).toBeVisible();
  await page.reload();
  await expect(list.getByRole("link")).toHaveCount(1);
  await list.getByRole("button", { name: "long", exact: true }).click();
  await expect(list.getByText("120 messages")).toBeVisible();
});

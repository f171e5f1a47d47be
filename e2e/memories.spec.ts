/** What is done with memories: edited by two, deleted and put back, moved, mended, merged, changed together, scrolled. */
import { card, chosen, drawer, open, openCard, remember } from "./support/memories";
import { expect, test } from "./support/test";

test.use({ role: "developer" });

test("edits a text with a diff; its embedding is made again, and the history says who did what", async ({
  page,
  console,
}) => {
  const key = await remember(console, "e2e-edit", "pref:001", { content: "likes green tea", source: "chat" });
  await open(page, "e2e-edit");
  await openCard(page, "likes green tea");
  await drawer(page).getByRole("button", { name: "Edit" }).click();
  await drawer(page).getByLabel("Text", { exact: true }).fill("likes black tea");
  const diff = drawer(page).getByRole("region", { name: "What changes" });
  await expect(diff.locator("del")).toHaveText("green");
  await expect(diff.locator("ins")).toHaveText("black");
  await drawer(page).getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The memory is saved")).toBeVisible({ timeout: 15_000 });
  expect(await console.redisCli("HMGET", key, "content", "source", "embedding_dimensions")).toBe(
    "likes black tea\nchat\n512",
  );
  expect(await console.redisCli("HSTRLEN", key, "embedding")).toBe("2048");
  await drawer(page).getByText("History of edits here").click();
  await expect(drawer(page).getByText(/developer edited it/)).toBeVisible();
  await expect(drawer(page).locator("del")).toHaveText("green");
  await expect(drawer(page).getByRole("img", { name: /512 components/ })).toBeVisible();
});

test("deletes one and puts it back, lives and all", async ({ page, console }) => {
  const key = await remember(console, "e2e-undo", "pref:001", { content: "comes back", odd: "\\x00" });
  await remember(console, "e2e-undo", "pref:002");
  await console.redisCli("HPEXPIREAT", key, String(Date.now() + 500_000), "FIELDS", "1", "odd");
  await console.redisCli("PEXPIREAT", key, String(Date.now() + 900_000));
  const whole = async () => [
    (await console.redisCli("HGETALL", key)).split("\n").sort(),
    await console.redisCli("PEXPIRETIME", key),
    await console.redisCli("HPEXPIRETIME", key, "FIELDS", "1", "odd"),
  ];
  const before = await whole();
  await open(page, "e2e-undo");
  await openCard(page, "comes back");
  await drawer(page).getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete 1 memory" }).click();
  await expect(page.getByText("Memory pref 001 is deleted")).toBeVisible();
  await expect(card(page, "comes back")).toHaveCount(0);
  expect(await console.redisCli("EXISTS", key)).toBe("0");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone: it is as it was")).toBeVisible();
  await expect(card(page, "comes back")).toHaveCount(1);
  expect(await whole()).toEqual(before);
});

test("gives a memory a life, takes it away again, and moves it to another category", async ({
  page,
  console,
}) => {
  const key = await remember(console, "e2e-life", "pref:001", { content: "moves on" });
  await remember(console, "e2e-life", "work:004");
  await open(page, "e2e-life");
  await openCard(page, "moves on");
  await drawer(page).getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Give it a life…" }).click();
  await page.getByLabel("It ends").selectOption({ label: "in 1 hour" });
  await page.getByRole("button", { name: "Set this life" }).click();
  await expect(page.getByText(/^It ends /)).toBeVisible();
  expect(Number(await console.redisCli("TTL", key))).toBeGreaterThan(3_500);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone: it is as it was")).toBeVisible();
  expect(await console.redisCli("TTL", key)).toBe("-1");
  await page.getByRole("button", { name: "Dismiss" }).click();

  await drawer(page).getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Another category…" }).click();
  await page.getByLabel("New category").fill("work");
  await page.getByRole("button", { name: "Move", exact: true }).click();
  await expect(page.getByText("It is work 005 now")).toBeVisible();
  await expect(drawer(page).getByText("user:e2e-life:work:005").first()).toBeVisible();
  expect(await console.redisCli("EXISTS", key)).toBe("0");
  await drawer(page).getByText("History of edits here").click();
  await expect(drawer(page).getByText(/developer moved it/)).toBeVisible();
});

test("mends what an assistant left out", async ({ page, console }) => {
  const key = await remember(console, "e2e-odd", "pref:001", {
    content: "odd one",
    timestamp: 1_760_000_000_123,
  });
  await console.redisCli("HDEL", key, "user_id");
  await open(page, "e2e-odd");
  await openCard(page, "odd one");
  await drawer(page).getByRole("button", { name: "Make its timestamp seconds" }).click();
  await expect(drawer(page).getByRole("button", { name: "Make its timestamp seconds" })).toHaveCount(0);
  await drawer(page).getByRole("button", { name: "Write its user_id" }).click();
  await expect(drawer(page).getByRole("button", { name: "Write its user_id" })).toHaveCount(0);
  expect(await console.redisCli("HMGET", key, "timestamp", "user_id")).toBe("1760000000\ne2e-odd");
});

test("merges two that say the same, and takes it back", async ({ page, console }) => {
  const kept = await remember(console, "e2e-merge", "pref:001", {
    content: "Works on Mondays",
    importance: 8,
  });
  const gone = await remember(console, "e2e-merge", "work:001", {
    content: "works on  mondays.",
    importance: 3,
  });
  await open(page, "e2e-merge");
  await page.getByRole("button", { name: "Duplicates" }).click();
  const group = page.getByRole("dialog").locator("section").filter({ hasText: "2 memories" });
  await expect(group.getByText("same text")).toBeVisible();
  await group.getByRole("radio").nth(1).check();
  await expect(group.getByText("becomes as important as the most important: 8")).toBeVisible();
  await group.getByRole("button", { name: "Merge 2 into 1" }).click();
  await expect(page.getByText("1 memory is merged")).toBeVisible();
  expect(await console.redisCli("EXISTS", kept)).toBe("0");
  expect(await console.redisCli("HGET", gone, "importance")).toBe("8");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone: it is as it was")).toBeVisible();
  expect(await console.redisCli("HGET", kept, "content")).toBe("Works on Mondays");
  expect(await console.redisCli("HGET", gone, "importance")).toBe("3");
});

test("chooses with the keyboard, previews a change of many, and does it", async ({ page, console }) => {
  for (let at = 1; at <= 6; at += 1) {
    await remember(console, "e2e-bulk", `pref:00${at}`, { importance: at, content: `note ${at}` });
  }
  await open(page, "e2e-bulk", "?sort=name");
  // Until the page has come to life nobody listens to its keys.
  await expect(async () => {
    await card(page, "note 2").getByRole("link").press("x");
    await expect(chosen(page).getByText("1 chosen")).toBeVisible({ timeout: 500 });
  }).toPass();
  await card(page, "note 5").getByRole("link").focus();
  await page.keyboard.press("Shift+X");
  await expect(chosen(page).getByText("4 chosen")).toBeVisible();
  await chosen(page).getByRole("button", { name: "Importance" }).click();
  await expect(page.getByText("4 memories are meant, 1 of them as they should be already.")).toBeVisible();
  const examples = page.getByRole("list", { name: "The first of them" });
  await expect(examples.getByRole("listitem")).toHaveCount(3);
  await page.getByRole("button", { name: "Change 3 memories" }).click();
  await expect(page.getByText("Changing the importance is done")).toBeVisible();
  const values = await Promise.all(
    [1, 2, 3, 4, 5, 6].map((at) => console.redisCli("HGET", `user:e2e-bulk:pref:00${at}`, "importance")),
  );
  expect(values).toEqual(["1", "5", "5", "5", "5", "6"]);

  await page.getByRole("checkbox", { name: "Choose pref 001" }).check();
  await chosen(page).getByRole("button", { name: "All 6" }).click();
  await chosen(page).getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("Deleting many cannot be undone.")).toBeVisible();
  await page.getByRole("button", { name: "Delete 6 memories" }).click();
  await expect(page.getByText("Deleting memories is done")).toBeVisible();
  await expect(page.getByText("Nothing is remembered about this person")).toBeVisible();
});

test("twenty thousand memories of one person scroll to their end", async ({ page, console }) => {
  test.setTimeout(90_000);
  const write =
    "for i = 1, 20000 do local n = string.format('%05d', i) " +
    "redis.call('HSET', 'user:e2e-many:pref:' .. n, 'user_id', 'e2e-many', 'content', 'fact ' .. n, " +
    "'importance', 1 + i % 10, 'timestamp', 1700000000 + i) end";
  await console.redisCli("EVAL", write, "0");
  await open(page, "e2e-many", "?sort=name");
  await expect(page.getByText("20,000 memories", { exact: true })).toBeVisible();
  const count = await page.locator("[data-list-item]").count();
  expect(count).toBeLessThan(60);
  await page.keyboard.press("End");
  await expect(card(page, "fact 20000")).toBeVisible({ timeout: 15_000 });
  expect(await page.locator("[data-list-item]").count()).toBeLessThan(60);
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight / 2));
  await expect(
    page
      .locator("[data-list-item]")
      .filter({ hasText: /fact (09|10)\d{3}/ })
      .first(),
  ).toBeVisible({
    timeout: 15_000,
  });
  await page.getByLabel("Filter: text contains").fill("fact 12345");
  await expect(page.getByText("1 of 20,000 memories")).toBeVisible({ timeout: 15_000 });
  await console.redisCli("UNLINK", "user:e2e-many:pref:12345");
  await expect(page.getByText("No memory passes these filters")).toBeVisible({ timeout: 15_000 });
});

test.describe("support", () => {
  test.use({ role: "support" });

  test("sees how memories are kept and what was done, not what they say, and changes nothing", async ({
    page,
    console,
  }) => {
    await remember(console, "e2e-masked", "pref:001", { content: "the golden key" });
    await open(page, "e2e-masked");
    await expect(page.getByText("golden")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Duplicates" })).toHaveCount(0);
    await expect(page.getByRole("checkbox", { name: /^Choose/ })).toHaveCount(0);
    await card(page).first().getByRole("link").click();
    await expect(drawer(page).getByText("Importance").first()).toBeVisible();
    await expect(drawer(page).getByRole("button", { name: "Delete" })).toHaveCount(0);
    await expect(drawer(page).getByRole("button", { name: "Edit" })).toHaveCount(0);
    const path = new URL(page.url()).pathname.replace(/^\/users/, "/api/users");
    const refused = await page.request.get(`${path}/duplicates`);
    expect(refused.status()).toBe(403);
    expect(await refused.text()).not.toContain("golden");
  });
});

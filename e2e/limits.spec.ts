/** Limits: why somebody is blocked, live; the broken counters and their repairs; everybody's. */
import { begin, card, keyOf, openLimits, pttl, somebody } from "./support/limits";
import { expect, test } from "./support/test";

/** How long the countdown is compared with Redis, second by second. */
const COUNTDOWN_SECONDS = Number(process.env.COUNTDOWN_SECONDS ?? 20);
/** Redis tells of a change, the page asks: far below this on a machine that does nothing else. */
const SOON = { timeout: 5_000 };

test.describe("as support", () => {
  test.use({ role: "support" });

  test("why somebody is blocked stands in one sentence at the top of their page", async ({
    page,
    console,
  }) => {
    const id = somebody();
    await begin(console, id, 50, "requests_per_minute", 61);
    await page.goto(`/users/by-id/${id}`);
    const sentence = page.getByText(/^Blocked: 61 of 60 requests this minute; allowed again in 0:\d\d$/);
    await expect(sentence.first()).toBeVisible();
  });

  test("what redis-cli writes moves the card, without a reload", async ({ page, console }) => {
    const id = somebody();
    await begin(console, id, 55, "requests_per_minute", 58);
    await openLimits(page, id);
    await expect(card(page, "minute").getByText("58 of 60 requests")).toBeVisible();
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));
    await console.redisCli("HINCRBY", keyOf(id), "requests_per_minute", "3");
    await expect(card(page, "minute").getByText("61 of 60 requests")).toBeVisible(SOON);
    await expect(card(page, "minute").getByText("Blocked", { exact: true })).toBeVisible();
    await console.redisCli("HDEL", keyOf(id), "requests_per_minute");
    await expect(card(page, "minute").getByText("Unused")).toBeVisible(SOON);
    expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
  });

  test("the countdown stays with Redis, second by second, and ends by itself", async ({ page, console }) => {
    test.setTimeout((COUNTDOWN_SECONDS + 60) * 1_000);
    const id = somebody();
    const field = "requests_per_hour";
    await begin(console, id, COUNTDOWN_SECONDS + 120, field, 1_000);
    await openLimits(page, id);
    const timer = card(page, "hour").getByRole("timer");
    await expect(timer).toBeVisible();
    // The clock of the page is set by the first answer that it has asked for itself.
    await page.waitForTimeout(1_000);
    const compared: { shown: number; least: number; most: number }[] = [];
    for (const endsAt = Date.now() + COUNTDOWN_SECONDS * 1_000; Date.now() < endsAt; ) {
      const before = await pttl(console, id, field);
      const [minutes, seconds] = (await timer.innerText()).split(":").map(Number);
      const after = await pttl(console, id, field);
      // A second off at most from what was true at some moment between the two looks.
      const [least, most] = [after / 1_000 - 1, before / 1_000 + 1];
      compared.push({ shown: minutes! * 60 + seconds!, least, most });
      await page.waitForTimeout(1_000);
    }
    expect(compared.filter(({ shown, least, most }) => shown < least || shown > most)).toEqual([]);
    const all = compared.map(({ shown }) => shown);
    expect(all).toEqual([...all].sort((a, b) => b - a));

    await console.redisCli("HPEXPIRE", keyOf(id), "4000", "FIELDS", "1", field);
    await expect(timer).toHaveText(/^0:0[0-4]$/, SOON);
    await expect(card(page, "hour").getByText("Unused")).toBeVisible({ timeout: 10_000 });
    await expect(timer).toBeHidden();
  });

  test("a stuck counter is explained and repaired", async ({ page, console }) => {
    const id = somebody();
    await console.redisCli("HSET", keyOf(id), "requests_per_hour", "1001");
    await openLimits(page, id);
    await expect(
      page.getByText(/^Blocked until repaired: 1,001 of 1,000 requests this hour/).first(),
    ).toBeVisible();
    await expect(card(page, "hour").getByText("This counter has lost its life")).toBeVisible();
    await card(page, "hour").getByRole("button", { name: "Give it one hour" }).click();
    await expect(card(page, "hour").getByText("This counter has lost its life")).toBeHidden(SOON);
    expect(await pttl(console, id, "requests_per_hour")).toBeGreaterThan(3_590_000);
    await expect(card(page, "hour").getByText("1,001 of 1,000 requests")).toBeVisible();
  });

  test("an hour with a minute's life, and a life on the whole key, are told apart", async ({
    page,
    console,
  }) => {
    const id = somebody();
    const both = ["requests_per_minute", "1", "requests_per_hour", "1"];
    await console.redisCli("HSETEX", keyOf(id), "EX", "55", "FIELDS", "2", ...both);
    await openLimits(page, id);
    await expect(card(page, "hour").getByText("It ends together with the minute counter")).toBeVisible();
    await console.redisCli("EXPIRE", keyOf(id), "300");
    await expect(page.getByText(/^All counters go at once in [45]:\d\d$/)).toBeVisible(SOON);
    await page.getByRole("button", { name: "Take that life off the key" }).click();
    await expect(page.getByText(/^All counters go at once/)).toBeHidden(SOON);
    expect(await console.redisCli("TTL", keyOf(id))).toMatch(/-1$/);
    expect(await pttl(console, id, "requests_per_hour")).toBeLessThan(55_000);
  });

  test("limits are shown and not set", async ({ page, console }) => {
    const id = somebody();
    await begin(console, id, 50, "requests_per_minute", 3);
    await openLimits(page, id);
    await expect(card(page, "minute").getByRole("button", { name: "Reset" })).toBeVisible();
    await expect(
      page.getByRole("button", { name: /Set limit|Raise for an hour|Count one request/ }),
    ).toHaveCount(0);
    await page.goto("/limits");
    await expect(page.getByRole("region", { name: "Limits for everyone" })).toBeVisible();
    await expect(page.getByRole("button", { name: /^Change/ })).toHaveCount(0);
  });

  test("the page of everybody lists who is blocked, and lets go, by itself", async ({ page, console }) => {
    const id = somebody();
    await page.goto("/limits");
    const blocked = page.getByRole("region", { name: "Blocked now" });
    await expect(blocked).toBeVisible();
    const row = blocked.getByRole("row").filter({ hasText: "4,711 of 60" });
    await expect(row).toHaveCount(0);
    await begin(console, id, 50, "requests_per_minute", 4_711);
    await expect(row).toBeVisible(SOON);
    await expect(row.getByRole("link")).toHaveText(/^person-\w+$/);
    await expect(page.getByText(id)).toHaveCount(0);
    await console.redisCli("HDEL", keyOf(id), "requests_per_minute");
    await expect(row).toHaveCount(0, SOON);
  });
});

/** Limits that somebody sets: for one person, for everyone, for an hour, and two who set one at the same time. */
import { begin, card, keyOf, openLimits, pageAs, somebody } from "./support/limits";
import { expect, test } from "./support/test";

/** Redis tells of a change, the page asks: far below this on a machine that does nothing else. */
const SOON = { timeout: 5_000 };

test.describe("as a developer", () => {
  test.use({ role: "developer" });

  test("a limit of one person says who set it, when and why, at once for others too", async ({
    page,
    console,
    browser,
  }) => {
    const id = somebody();
    await begin(console, id, 55, "requests_per_minute", 5);
    const support = await pageAs("support", console, browser);
    await openLimits(support, id);
    await openLimits(page, id);
    await card(page, "minute").getByRole("button", { name: "Set limit" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Requests allowed in one minute").fill("5");
    await dialog.getByRole("button", { name: "Set for this person" }).click();
    await expect(dialog.getByText(/^Say why/)).toBeVisible();
    await dialog.getByLabel("Reason").fill(`Asked by ${id}`);
    await dialog.getByRole("button", { name: "Set for this person" }).click();
    await expect(dialog.getByText(/^Must not name the person/)).toBeVisible();
    await dialog.getByLabel("Reason").fill("Load test, ticket 4711");
    await dialog.getByRole("button", { name: "Set for this person" }).click();
    await expect(dialog).toBeHidden();
    await expect(
      card(page, "minute").getByText(
        /Limit 5 for this person instead of 60, set by .+ just now: Load test, ticket 4711/,
      ),
    ).toBeVisible();
    const changes = page.getByRole("region", { name: "Limits set for this person" });
    await expect(changes.getByText("Per minute: 5 requests")).toBeVisible();
    await expect(changes.getByText("Load test, ticket 4711")).toBeVisible();

    await expect(card(support, "minute").getByText("5 of 5 requests")).toBeVisible(SOON);
    await expect(
      support.getByText(/^Blocked: 5 of 5 requests this minute, a limit set for this person/).first(),
    ).toBeVisible();
    await expect(support.getByText("Load test")).toHaveCount(0);
    await support.context().close();
  });

  test("the form opens with what holds, and does not replace what somebody else set meanwhile", async ({
    page,
    console,
    browser,
  }) => {
    const id = somebody();
    await begin(console, id, 55, "requests_per_minute", 5);
    await openLimits(page, id);
    const dialog = page.getByRole("dialog");
    const limit = dialog.getByLabel("Requests allowed in one minute");
    const open = () => card(page, "minute").getByRole("button", { name: "Set limit" }).click();
    await open();
    await limit.fill("200");
    await dialog.getByLabel("How long").selectOption("24 hours");
    await dialog.getByLabel("Reason").fill("Load test, ticket 4713");
    await dialog.getByRole("button", { name: "Set for this person" }).click();
    await expect(dialog).toBeHidden();

    await open();
    await expect(limit).toHaveValue("200");
    await expect(dialog.getByLabel("How long")).toHaveValue("kept");
    await expect(dialog.getByLabel("Reason")).toHaveValue("Load test, ticket 4713");
    await dialog.getByLabel("For whom").selectOption("Everyone without a limit of their own");
    await expect(limit).toHaveValue("60");
    await expect(dialog.getByText(/^The default is 60\./)).toBeVisible();
    await dialog.getByLabel("For whom").selectOption("This person only");

    const other = await pageAs("admin", console, browser);
    await openLimits(other, id);
    await card(other, "minute").getByRole("button", { name: "Set limit" }).click();
    await other.getByRole("dialog").getByLabel("Requests allowed in one minute").fill("100");
    await other.getByRole("dialog").getByLabel("Reason").fill("Another ticket");
    await other.getByRole("dialog").getByRole("button", { name: "Set for this person" }).click();
    await expect(other.getByRole("dialog")).toBeHidden();
    await other.context().close();

    await expect(dialog.getByText("This limit was changed meanwhile")).toBeVisible(SOON);
    await expect(dialog.getByText(/^Now 100 requests, set by .+, until /)).toBeVisible();
    await expect(dialog.getByRole("button", { name: "Set for this person" })).toBeDisabled();
    await dialog.getByRole("button", { name: "Begin again with it" }).click();
    await expect(limit).toHaveValue("100");
    await expect(dialog.getByLabel("How long")).toHaveValue("kept");
    await limit.fill("120");
    await dialog.getByRole("button", { name: "Set for this person" }).click();
    await expect(dialog).toBeHidden();
    await expect(
      card(page, "minute").getByText(/Limit 120 for this person instead of 60 for another (23 h|1 d)/),
    ).toBeVisible();
  });

  test("raising for an hour takes a reason and one click", async ({ page, console }) => {
    const id = somebody();
    await begin(console, id, 55, "requests_per_minute", 70);
    await openLimits(page, id);
    await card(page, "minute").getByRole("button", { name: "Raise for an hour" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Reason").fill("Waits for a fix, ticket 4712");
    await dialog.getByRole("button", { name: "Raise to 130 for an hour" }).click();
    await expect(dialog).toBeHidden();
    await expect(card(page, "minute").getByText("70 of 130 requests")).toBeVisible();
    await expect(card(page, "minute").getByText(/for another (1 h|59:\d\d)/)).toBeVisible();
    await expect(page.getByText(/^Not blocked: 70 of 130 requests this minute/).first()).toBeVisible();
  });

  test("two clicks within one moment count one request", async ({ page, console }) => {
    const id = somebody();
    await begin(console, id, 55, "requests_per_minute", 5);
    await openLimits(page, id);
    await page.getByRole("button", { name: "Count one request" }).evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
    await expect(card(page, "minute").getByText("6 of 60 requests")).toBeVisible(SOON);
    // One that counts after it shows that no other was on its way.
    await page.getByRole("button", { name: "Count one request" }).click();
    await expect(card(page, "minute").getByText("7 of 60 requests")).toBeVisible(SOON);
    expect(await console.redisCli("HGET", keyOf(id), "requests_per_minute")).toBe("7");
  });
});

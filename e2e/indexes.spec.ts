/** Indexes: made safer, adopted, looked at by the doctor, built anew without a pause, dropped by their typed name. */
import type { Page } from "@playwright/test";
import type { TestConsole } from "./support/console";
import { expect, test } from "./support/test";

/** Work in the server goes on for seconds. */
const SOON = { timeout: 20_000 };
const CARLA = "user:carla:pref:902";

const card = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const dialog = (page: Page) => page.getByRole("dialog");

async function more(page: Page, index: string, item: string) {
  await page.getByRole("button", { name: `More about ${index}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

async function documents(console: TestConsole, index: string): Promise<number> {
  const reply = await console.redisCli("FT.SEARCH", index, "*", "LIMIT", "0", "0", "DIALECT", "2");
  return Number(reply.split("\n")[0]);
}

test("a safer index is created with its command in sight, adopted, and given up again", async ({
  page,
  console,
}) => {
  await page.goto("/indexes");
  await page.getByRole("button", { name: "Create an index" }).click();
  await dialog(page).getByLabel("Name").fill("idx:safer");
  await dialog(page).getByLabel("Safer").check();
  await dialog(page).getByLabel("M", { exact: true }).fill("24");
  await expect(dialog(page)).toContainText('STOPWORDS 0 SCHEMA user_id TAG SEPARATOR "\\x1f" CASESENSITIVE');
  await expect(dialog(page)).toContainText("HNSW 8 TYPE FLOAT32 DIM 512 DISTANCE_METRIC COSINE M 24");
  await dialog(page).getByRole("button", { name: "Create the index" }).click();
  const safer = card(page, "idx:safer");
  await expect(safer.getByText("100%")).toBeVisible(SOON);
  await expect(safer).toContainText("universal-sentence-encoder-lite");
  await safer.getByRole("button", { name: "Use this one" }).click();
  await expect(safer.getByText("in use", { exact: true })).toBeVisible();
  await expect(safer.getByText("adopted here")).toBeVisible();
  await safer.getByRole("button", { name: "Give it up" }).click();
  await expect(card(page, "idx:preferences").getByText("in use", { exact: true })).toBeVisible();
  expect(await console.redisCli("FT._LIST")).toContain("idx:safer");
  await console.redisCli("FT.DROPINDEX", "idx:safer");
});

test("the doctor finds the planted vector in the wrong byte order and mends it", async ({
  page,
  console,
}) => {
  const bytes = async () => (await console.redisCli("--raw", "HGET", CARLA, "embedding")).length;
  expect(await bytes()).toBeGreaterThan(1_000);
  await page.goto("/indexes");
  await card(page, "idx:preferences").getByRole("link", { name: "Doctor" }).click();
  await page.getByRole("button", { name: "Look at every vector" }).click();
  const found = page.getByRole("table", { name: "Faults found" });
  const wrongOrder = found.getByRole("row", { name: /Wrong byte order/ });
  await expect(wrongOrder).toContainText("turn the bytes round", SOON);
  await expect(wrongOrder.getByRole("link", { name: "carla" })).toBeVisible();
  await expect(
    found.getByRole("row", { name: /Wrong length/ }).getByRole("link", { name: "bob" }),
  ).toBeVisible();
  await expect(page.getByText("Looking at every vector is done")).toBeVisible(SOON);

  const repair = page.getByRole("region", { name: "Repair" });
  await expect(repair.getByRole("button", { name: "Repair…" })).toBeDisabled();
  for (const fault of [/No vector/, /Wrong length/])
    await repair.getByRole("checkbox", { name: fault }).uncheck();
  await repair.getByRole("button", { name: "Dry run" }).click();
  await expect(repair.getByText("1 memory would be mended")).toBeVisible(SOON);
  await repair.getByRole("button", { name: "Repair…" }).click();
  await dialog(page).getByRole("button", { name: "Mend the vectors of 1 memory" }).click();
  await expect(repair.getByText("1 mended")).toBeVisible(SOON);
  await page.getByRole("button", { name: "Look again" }).click();
  await expect(found.getByRole("row", { name: /Wrong byte order/ })).toHaveCount(0, SOON);
  await expect(found.getByRole("row", { name: /Wrong length/ })).toBeVisible(SOON);
});

test("built anew beside the old one and switched to, then the old one dropped by its typed name", async ({
  page,
  console,
}) => {
  const before = await documents(console, "idx:preferences");
  await page.goto("/indexes");
  await more(page, "idx:preferences", "Build it anew beside this one");
  await dialog(page).getByLabel("Name of the new one").fill("idx:v2");
  await dialog(page).getByLabel("Safer").check();
  await dialog(page).getByRole("button", { name: "Build the new one" }).click();
  const old = card(page, "idx:preferences");
  await expect(old.getByText("Building it anew is done")).toBeVisible(SOON);
  await expect(card(page, "idx:v2").getByText("in use", { exact: true })).toBeVisible(SOON);
  expect(await documents(console, "idx:v2")).toBe(before);
  expect(await documents(console, "idx:preferences")).toBe(before);

  await more(page, "idx:preferences", "Drop it");
  await expect(dialog(page)).toContainText("recall of assistants that search by idx:preferences");
  await expect(dialog(page).getByLabel("Its name and its aliases")).toHaveValue("idx:v2");
  const confirm = dialog(page).getByRole("button", { name: /^Drop the index of/ });
  await expect(confirm).toBeDisabled();
  await dialog(page).getByRole("textbox").fill("idx:preferences");
  await confirm.click();
  await expect(old).toHaveCount(0, SOON);
  // No document went with it, and its name leads to the new one.
  expect(await documents(console, "idx:preferences")).toBe(before);
  await expect(card(page, "idx:v2").getByText("idx:preferences")).toBeVisible();
  expect(await console.redisCli("EXISTS", CARLA)).toBe("1");
});

test("another model: the steps, and what to set where none is configured", async ({ page }) => {
  await page.goto("/indexes");
  await page
    .getByRole("button", { name: /^More about/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Embed everything with another model" }).click();
  await expect(page.getByRole("heading", { name: "Embed everything with another model" })).toBeVisible();
  await expect(page.getByText("No other model is configured")).toBeVisible();
  await expect(page.getByText("EMBEDDINGS_NEXT_PROVIDER")).toBeVisible();
});

test.describe("as support", () => {
  test.use({ role: "support" });

  test("what was found is seen without a name, and nothing can be started", async ({ page }) => {
    await page.goto("/indexes/doctor?index=idx%3Apreferences");
    await expect(page.getByText("You see what was found")).toBeVisible();
    await expect(page.getByRole("button", { name: /Look|Repair|Dry run/ })).toHaveCount(0);
    await expect(page.getByRole("main").getByText("carla")).toHaveCount(0);
  });
});

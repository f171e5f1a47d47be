import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

test.describe.configure({ mode: "serial" });

async function open(page: Page) {
  await page.goto("/search");
  await page.getByRole("link", { name: "Recall tests" }).click();
  await page.getByRole("link", { name: /What Alice asks/ }).click();
  await expect(page.getByRole("heading", { name: "What Alice asks" })).toBeVisible();
}

test("the demo's set is run: every setting's figures with their ranges, and question by question", async ({
  page,
}) => {
  await open(page);
  await expect(page.getByText("20 questions about 1 person")).toBeVisible();
  await page.getByRole("button", { name: "Run 60 searches" }).click();
  const table = page.getByRole("table", { name: "Recall of each setting" });
  await expect(table.getByRole("row")).toHaveCount(4, { timeout: 30_000 });
  for (const name of ["Words", "Meaning", "Both"]) {
    await expect(table.getByRole("row", { name: new RegExp(name) }).first()).toContainText(/\d\.\d{3}/);
  }
  await expect(page.getByText(/points more than Words among the first five/).first()).toBeVisible();
  await page.getByLabel("From").selectOption({ label: "Words" });
  const better = page.getByRole("region", { name: "Better" });
  await expect(better).toContainText("can I eat prawns");
  // It goes on in the server and is kept: the page alone shows it again.
  await page.reload();
  await expect(table.getByRole("row")).toHaveCount(4);
});

test("a question of the lab becomes a recall test, is edited, taken out and deleted", async ({ page }) => {
  await open(page);
  await page.goto("/search");
  await page.getByLabel("Whose memories").fill("alice");
  await page.getByLabel("What should be recalled?").fill("my retriever");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await page.getByRole("link", { name: "Keep as a recall test" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Question", { exact: true })).toHaveValue("my retriever");
  await dialog.getByRole("checkbox", { name: /golden retriever/ }).check();
  await dialog.getByRole("button", { name: "Save the question" }).click();
  await expect(dialog).toHaveCount(0);
  const row = page.getByRole("listitem").filter({ hasText: "my retriever" }).first();
  await expect(row).toContainText("personal:002");
  // The person is a reference in the address, and what is looked for is in no address that a server sees.
  expect(page.url()).not.toContain("alice");
  expect(new URL(page.url()).search).not.toContain("retriever");

  await row.getByRole("button", { name: "Edit the question" }).click();
  await dialog.getByLabel("Question", { exact: true }).fill("which dog is mine");
  await dialog.getByRole("button", { name: "Save the question" }).click();
  const edited = page.getByRole("listitem").filter({ hasText: "which dog is mine" }).first();
  await expect(edited).toBeVisible();

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download" }).click();
  const stream = await (await download).createReadStream();
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  const lines = Buffer.concat(parts).toString().trim().split("\n");
  expect(lines).toHaveLength(21);
  expect(lines.map((line) => JSON.parse(line))).toContainEqual({
    user: "alice",
    query: "which dog is mine",
    expect: ["personal:002"],
  });

  await edited.getByRole("button", { name: "Delete the question" }).click();
  await page.getByRole("button", { name: "Delete 1 question" }).click();
  await expect(edited).toHaveCount(0);
});

test.describe("support", () => {
  test.use({ role: "support" });

  test("sees how good recall is, and not what was asked", async ({ page }) => {
    await page.goto("/search/evaluation");
    await expect(page.getByText("20 questions about 1 person")).toBeVisible();
    await expect(page.getByText("prawns")).toHaveCount(0);
    await expect(page.getByText("shellfish")).toHaveCount(0);
    await expect(page.getByRole("button", { name: /Run|New set|Delete|Add a question/ })).toHaveCount(0);
    const { sets } = (await (await page.request.get("/api/evaluation")).json()).data;
    const refused = await (await page.request.get(`/api/evaluation/${sets[0].id}/export`)).json();
    expect(refused.error.code).toBe("forbidden");
  });
});

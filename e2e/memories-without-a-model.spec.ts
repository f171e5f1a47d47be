/** The embedding model does not answer: what was typed is not lost. */
import { expect, test } from "./support/test";

test.use({
  role: "developer",
  consoleEnv: {
    EMBEDDINGS_PROVIDER: "openai",
    // Nobody listens there.
    EMBEDDINGS_URL: "http://127.0.0.1:9/v1/embeddings",
    EMBEDDINGS_MODEL: "absent",
    EMBEDDINGS_DIMENSIONS: "512",
  },
});

test("an edit stays in its form, with what failed, and can be saved without an embedding", async ({
  page,
  console,
}) => {
  test.setTimeout(90_000);
  const key = "user:e2e-dark:pref:001";
  await console.redisCli("HSET", key, "user_id", "e2e-dark", "content", "likes tea", "importance", "5");
  const named = await page.request.get("/users/by-id/e2e-dark", { maxRedirects: 0 });
  await page.goto(`${named.headers().location}/memories`);
  await page.locator("[data-list-item]").getByRole("link").click();
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("button", { name: "Edit" }).click();
  const text = drawer.getByLabel("Text", { exact: true });
  await text.fill("likes tea with milk");
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(drawer.getByText("It was not saved: what you typed is still here")).toBeVisible({
    timeout: 60_000,
  });
  await expect(text).toHaveValue("likes tea with milk");
  expect(await console.redisCli("HGET", key, "content")).toBe("likes tea");
  await drawer.getByLabel("Save without an embedding").check();
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The memory is saved")).toBeVisible();
  expect(await console.redisCli("HGET", key, "content")).toBe("likes tea with milk");
  expect(await console.redisCli("HEXISTS", key, "embedding")).toBe("0");
});

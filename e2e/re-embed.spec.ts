/** From one embedding model to another, with a second model's endpoint of the test's own. */
import { TestEndpoint } from "../lib/embeddings/test-kit";
import { expect, test } from "./support/test";

const endpoint = new TestEndpoint();
const DIMENSIONS = 16;
/** Work in the server goes on for seconds; it rests between its pieces. */
const DONE = { timeout: 90_000 };

test.use({
  role: "developer",
  consoleEnv: [
    async ({ store: _ }, use) => {
      await endpoint.open();
      endpoint.handler = (_, response, body) => {
        const data = body.input.map((text, index) => ({
          index,
          embedding: Array.from({ length: DIMENSIONS }, (_, at) => Math.sin(text.length * 3 + at + 1)),
        }));
        response.end(JSON.stringify({ data }));
      };
      await use({
        EMBEDDINGS_NEXT_PROVIDER: "openai",
        EMBEDDINGS_NEXT_URL: endpoint.url("/v1/embeddings"),
        EMBEDDINGS_NEXT_MODEL: "second-model",
        EMBEDDINGS_NEXT_DIMENSIONS: String(DIMENSIONS),
        EMBEDDINGS_NEXT_FIELD: "embedding_next",
      });
      endpoint.close();
    },
    { scope: "worker" },
  ],
});

test("planned, made, filled, switched to and back; the old vectors stay until they are taken away", async ({
  page,
  console,
}) => {
  test.setTimeout(240_000);
  const region = (name: RegExp) => page.getByRole("region", { name });
  const old = () => console.redisCli("HGET", "user:alice:pref:001", "embedding");
  const before = await old();
  await page.goto("/indexes/re-embed?from=idx%3Apreferences");
  await region(/Choose the model/)
    .getByRole("link", { name: /second-model/ })
    .click();
  const plan = region(/What it would take/);
  await plan.getByRole("button", { name: "Measure" }).click();
  await expect(plan.getByText("Tokens")).toBeVisible();
  await expect(plan.getByText(/^about [\d,]+$/)).toBeVisible();

  await region(/An index for it/)
    .getByRole("button", { name: "Create it" })
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("idx:second");
  await expect(dialog).toContainText("embedding_next VECTOR HNSW 6 TYPE FLOAT32 DIM 16");
  await dialog.getByRole("button", { name: "Create the index" }).click();
  await expect(page).toHaveURL(/to=idx%3Asecond/);

  const fill = region(/Embed every memory/);
  // Nobody else waits for this store.
  await fill.getByLabel("Without rests").check();
  await fill.getByRole("button", { name: "Begin" }).click();
  await expect(fill.getByText("Embedding into embedding_next is done")).toBeVisible(DONE);
  expect(await console.redisCli("HGET", "user:alice:pref:001", "embedding_next_model")).toBe("second-model");
  expect(await old()).toBe(before);

  const turn = region(/Switch/);
  await turn.getByRole("button", { name: "Use the new one" }).click();
  await expect(turn.getByText("This console recalls by idx:second")).toBeVisible();
  await turn.getByRole("button", { name: "Switch back" }).click();
  await expect(turn.getByText("This console recalls by idx:preferences")).toBeVisible();

  // Nothing to clean up while both are read; after the second one is dropped, its field alone.
  const cleanUp = region(/Clean up/);
  await expect(cleanUp.getByRole("button", { name: "Take away…" })).toHaveCount(0);
  await console.redisCli("FT.DROPINDEX", "idx:second");
  await page.reload();
  await cleanUp.getByRole("button", { name: "Take away…" }).click();
  await dialog.getByRole("textbox").fill("embedding_next");
  await dialog.getByRole("button", { name: "Take it from every memory" }).click();
  await expect(cleanUp.getByText("Taking embedding_next away is done")).toBeVisible(DONE);
  expect(await console.redisCli("HEXISTS", "user:alice:pref:001", "embedding_next")).toBe("0");
  expect(await old()).toBe(before);
});

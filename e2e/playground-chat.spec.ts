/** The playground with a chat endpoint of the test's own. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { begin, say, step } from "./support/playground";
import { expect, test } from "./support/test";

const chat = createServer(async (request, response) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  const { messages } = JSON.parse(text) as { messages: { content: string }[] };
  const said = messages.at(-1)!.content;
  if (said === "fail") return void response.writeHead(500).end();
  response.end(JSON.stringify({ choices: [{ message: { content: `You wrote ${said.length} letters.` } }] }));
});

test.use({
  role: "developer",
  consoleEnv: [
    async ({ store: _ }, use) => {
      await new Promise<void>((resolve) => chat.listen(0, "127.0.0.1", resolve));
      const { port } = chat.address() as AddressInfo;
      await use({ CHAT_URL: `http://127.0.0.1:${port}/v1/chat/completions`, CHAT_MODEL: "tiny" });
      chat.close();
    },
    { scope: "worker" },
  ],
});

test("it answers; where it fails the message waits, and is asked again", async ({ page }) => {
  await begin(page);
  await say(page, "hello");
  await expect(page.getByText("You wrote 5 letters.", { exact: true })).toBeVisible();
  await say(page, "fail");
  await expect(page.getByText("The message stands in the history without an answer.")).toBeVisible();
  await expect(step(page, "No reply")).toContainText("The chat endpoint answered 500.");
  await expect(page.getByRole("button", { name: "Ask again" })).toBeVisible();
  await page.getByRole("button", { name: "Put back as it was" }).click();
  await expect(page.getByText("It is as it was")).toBeVisible();
});

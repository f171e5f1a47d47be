/** A POST on a connection of its own: a body that is too large is not read to its end, which spoils the connection. */
import { request as openRequest } from "node:http";
import type { APIRequestContext } from "@playwright/test";

/** @returns status and text, or null when the server hung up or let it wait, which refuses it too */
export async function postOnce(
  caller: APIRequestContext,
  address: string,
  headers: Record<string, string>,
  body: string,
): Promise<{ status: number; text: string } | null> {
  const { cookies } = await caller.storageState();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  return new Promise((resolve) => {
    const sent = openRequest(
      address,
      { method: "POST", agent: false, timeout: 3_000, headers: { ...headers, Cookie: cookie } },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (part) => {
          text += part;
        });
        answer
          .on("error", () => resolve(null))
          .on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
      },
    );
    sent.on("timeout", () => sent.destroy()).on("error", () => resolve(null));
    sent.end(body);
  });
}

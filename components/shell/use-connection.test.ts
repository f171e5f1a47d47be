import { afterEach, expect, test, vi } from "vitest";
import { readConnection } from "./use-connection";

afterEach(() => vi.unstubAllGlobals());

function answers(body: object, status = 200): void {
  vi.stubGlobal("fetch", async () => Response.json(body, { status }));
}

test("a console that has signed this browser out does answer: nothing is said to be down", async () => {
  answers({ ok: true, data: { state: "up", checkedAt: 1, version: "8.0.2" } });
  expect(await readConnection()).toMatchObject({ up: true, state: { version: "8.0.2" } });
  answers({ ok: false, error: { code: "signed_out", message: "Your session has ended." } }, 401);
  await expect(readConnection()).rejects.toMatchObject({ code: "signed_out" });
});

test("a console that is not there is said to be down, and what was known of Redis stays", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("fetch failed")));
  expect(await readConnection()).toMatchObject({ up: false, who: "console", state: { version: "8.0.2" } });
});

/**
 * Every door of the production build, tried by everybody: each server action and each route, as anonymous and as
 * each role, from foreign pages, with broken bodies, and once more after the session has ended. What is let in is
 * seen by its answer about a wrong input: nothing is changed by these tests.
 */
import { may } from "../../lib/auth/permissions";
import { builtActions } from "../../scripts/lib/built-actions.mjs";
import { routeDoors } from "./build";
import { CALLERS, callerOf, codeOf, expectedCode, type Sending, send } from "./door-calls";
import { ACTIONS, ROUTES } from "./doors";
import { postOnce } from "./post-once";
import { NOBODY } from "./sign-in";
import { expect, test } from "./test";

/** @param proxy whether the console that the file runs has its proxy.ts */
export function authorizationTests(proxy: "there" | "removed"): void {
  test.describe.configure({ timeout: 120_000 });

  test("every door is listed, and every listed door is there", async () => {
    expect([...(await builtActions()).keys()].sort()).toEqual(Object.keys(ACTIONS).sort());
    expect((await routeDoors()).sort()).toEqual(Object.keys(ROUTES).sort());
  });

  test("the proxy is what this file says", async ({ console, playwright }) => {
    const request = await playwright.request.newContext({ baseURL: console.url });
    const answer = await request.get("/sign-in");
    const policy = answer.headers()["content-security-policy"] ?? "";
    expect(policy.includes("nonce-")).toBe(proxy === "there");
  });

  for (const caller of CALLERS) {
    test(`${caller}: every action answers by the table of rights`, async ({
      console,
      playwright,
      browser,
    }) => {
      const request = await callerOf({ console, playwright, browser }, caller);
      const said: Record<string, string> = {};
      for (const [name, id] of await builtActions())
        said[name] = await codeOf(await send(request, console, id));
      const expected = Object.fromEntries(
        Object.entries(ACTIONS).map(([name, right]) => [name, expectedCode(right, caller)]),
      );
      expect(said).toEqual(expected);
    });

    test(`${caller}: every route answers by the table of rights`, async ({
      console,
      playwright,
      browser,
    }) => {
      const request = await callerOf({ console, playwright, browser }, caller);
      for (const [door, right] of Object.entries(ROUTES)) {
        const [method = "", pattern = ""] = door.split(" ");
        const path = pattern.replace("[[...id]]", "x").replace(/\[\w+\]/g, "x");
        const response = await request.fetch(path, {
          method,
          headers: {
            Origin: console.url,
            ...(method === "POST" ? { "Content-Type": "application/json" } : {}),
          },
          ...(method === "POST" ? { data: "{}" } : {}),
        });
        const code = await codeOf(response);
        const where = `${caller} ${door} → ${response.status()} ${code}`;
        if (right === "open" || right === "anyone") {
          expect([200, 302, 303, 307], where).toContain(response.status());
        } else if (caller === "anonymous") {
          const isLedAway = response.status() === 307 && response.headers().location?.startsWith("/sign-in");
          expect(isLedAway || (code === "signed_out" && response.status() === 401), where).toBe(true);
        } else if (may(caller, right)) {
          expect(["forbidden", "signed_out", "bad_origin", "internal"], where).not.toContain(code);
          expect(response.status(), where).toBeLessThan(500);
        } else {
          expect(`${response.status()} ${code}`, where).toBe("403 forbidden");
        }
      }
    });
  }

  test("what comes from elsewhere changes nothing, whatever it claims", async ({
    console,
    playwright,
    browser,
  }) => {
    const request = await callerOf({ console, playwright, browser }, "admin");
    const foreign: Record<string, Sending> = {
      "a foreign origin": { origin: "https://evil.example" },
      "the null origin": { origin: "null" },
      "no origin": { origin: null },
      "another port": { origin: "http://127.0.0.1:1" },
      "a forged X-Forwarded-Host": {
        origin: "https://evil.example",
        headers: { "X-Forwarded-Host": "evil.example" },
      },
    };
    for (const [name, id] of await builtActions()) {
      for (const [what, sending] of Object.entries(foreign)) {
        const response = await send(request, console, id, sending);
        const code = await codeOf(response);
        expect(
          code === "bad_origin" || (code === "none" && response.status() >= 400),
          `${name}, ${what}: ${code}`,
        ).toBe(true);
      }
    }
    for (const [door, right] of Object.entries(ROUTES)) {
      if (!door.startsWith("POST") || right === "open") continue;
      for (const origin of ["https://evil.example", "null", null]) {
        const response = await request.post(door.slice(5), {
          headers: { "Content-Type": "application/json", ...(origin === null ? {} : { Origin: origin }) },
          data: "{}",
        });
        expect(await codeOf(response), `${door} from ${origin}`).toBe("bad_origin");
      }
    }
  });

  test("broken, empty and oversized bodies are refused, and the console lives on", async ({
    console,
    playwright,
    browser,
  }) => {
    const request = await callerOf({ console, playwright, browser }, "admin");
    const bodies: Record<string, Sending> = {
      "not JSON": { body: "{" },
      nothing: { body: "" },
      "no list": { body: '{"a":1}' },
      "a list in a list": { body: `${"[".repeat(5_000)}${"]".repeat(5_000)}` },
      "bytes that are no text": { body: Buffer.from([0xff, 0xfe, 0x00, 0x80]) },
      "a prototype": { body: '["__proto__"]' },
      "a reference into nowhere": { body: '["$F99"]' },
    };
    for (const [name, id] of await builtActions()) {
      for (const [what, sending] of Object.entries(bodies)) {
        const response = await send(request, console, id, sending);
        const code = await codeOf(response);
        expect(["invalid_input", "none"], `${name}, ${what}`).toContain(code);
        // An answer that had begun to stream carries its failure as an error row of the flight.
        const text = await response.text();
        // One that had not begun may be empty.
        const failed = response.status() >= 400 || /^\w+:E\{/m.test(text) || text === "{}";
        if (code === "none")
          expect(failed, `${name}, ${what}: ${response.status()} ${text.slice(0, 200)}`).toBe(true);
      }
    }
    for (const door of Object.keys(ROUTES).filter((name) => name.startsWith("POST"))) {
      for (const data of ["{", "", "[]", "null"]) {
        const headers = { Origin: console.url, "Content-Type": "application/json" };
        expect(
          await codeOf(await request.post(door.slice(5), { headers, data: Buffer.from(data) })),
          door,
        ).toBe("invalid_input");
      }
    }
    const tooLarge = JSON.stringify(["x".repeat(1_300_000)]);
    const origin = { Origin: console.url };
    // The limit is Next's own, one for all actions; without the proxy it may leave such a request unanswered.
    for (const [name, id] of [...(await builtActions())].slice(0, 3)) {
      const headers = { ...origin, "Next-Action": id, "Content-Type": "text/plain;charset=UTF-8" };
      const answer = await postOnce(request, `${console.url}/sign-in`, headers, tooLarge);
      expect(answer?.text ?? "", `${name}, more than 1 MB`).not.toMatch(/"ok":true/);
    }
    for (const door of Object.keys(ROUTES).filter((name) => name.startsWith("POST"))) {
      const headers = { ...origin, "Content-Type": "application/json" };
      const answer = await postOnce(request, console.url + door.slice(5), headers, `{"a":${tooLarge}}`);
      expect(answer?.text ?? "", `${door}, more than 1 MB`).not.toMatch(/"ok":true/);
    }
    expect((await request.get("/api/health")).status()).toBe(200);
  });

  test("an unknown action is nothing, and other methods of a route are refused", async ({
    console,
    playwright,
    browser,
  }) => {
    const request = await callerOf({ console, playwright, browser }, "admin");
    expect(await codeOf(await send(request, console, "40".padEnd(42, "0")))).toBe("none");
    for (const door of Object.keys(ROUTES)) {
      const path = door
        .split(" ")[1]!
        .replace("[[...id]]", "x")
        .replace(/\[\w+\]/g, "x");
      for (const method of ["PUT", "DELETE", "PATCH"]) {
        expect((await request.fetch(path, { method })).status(), `${method} ${path}`).toBe(405);
      }
    }
  });

  test("the door for forms without JavaScript is no way around", async ({ console, playwright, browser }) => {
    const anonymous = await callerOf({ console, playwright, browser }, "anonymous");
    const admin = await callerOf({ console, playwright, browser }, "admin");
    const before = await console.redisCli("XLEN", "console:audit:entries");
    for (const [name, id] of await builtActions()) {
      const form = { [`$ACTION_ID_${id}`]: "" };
      await anonymous.post("/sign-in", { headers: { Origin: console.url }, multipart: form });
      const answer = await admin.post("/sign-in", {
        headers: { Origin: "https://evil.example" },
        multipart: form,
      });
      expect(await codeOf(answer), name).not.toBe("ok");
    }
    const entries = await console.redisCli("XRANGE", "console:audit:entries", "-", "+");
    expect(Number(await console.redisCli("XLEN", "console:audit:entries"))).toBeGreaterThan(Number(before));
    expect(entries).not.toMatch(/"operator":"anonymous"[^\n]*"outcome":"(ok|intent|unknown)"/);
  });

  test("a request that was recorded is worth nothing once its session has ended", async ({
    console,
    playwright,
    browser,
  }) => {
    const actions = await builtActions();
    const context = await browser.newContext({ baseURL: console.url, storageState: NOBODY });
    const page = await context.newPage();
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Administrator" }).click();
    await page.waitForURL("/");
    const request = await playwright.request.newContext({
      baseURL: console.url,
      storageState: await context.storageState(),
    });
    const mask = { body: JSON.stringify([{ masked: true }]) };
    expect(await codeOf(await send(request, console, actions.get("setMaskedAction")!, mask))).toBe("ok");
    await page.getByRole("button", { name: /Demo admin/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.waitForURL(/\/sign-in/);
    for (const id of actions.values()) {
      expect(["signed_out", "invalid_input"]).toContain(await codeOf(await send(request, console, id)));
    }
    expect(await codeOf(await send(request, console, actions.get("setMaskedAction")!, mask))).toBe(
      "signed_out",
    );
    expect((await request.get("/api/usage")).status()).toBe(401);
    await context.close();
  });
}

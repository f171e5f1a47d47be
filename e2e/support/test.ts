/**
 * What every browser test imports instead of "@playwright/test". A test that takes `console` (or just opens a
 * page) has a console and a Redis of its worker's own. Choose the store at the top of a file:
 *
 *     test.use({ store: "empty" });
 *
 * and who is signed in with `test.use({ role: "support" })`.
 */
import { rm } from "node:fs/promises";
import { test as base, expect } from "@playwright/test";
import type { Role } from "../../lib/auth/permissions";
import { buildWithoutProxy } from "./build";
import { openTestConsole, type StoreKind, type TestConsole } from "./console";
import { PageProblems } from "./problems";
import { NOBODY, signedInAs } from "./sign-in";

export interface ConsoleOptions {
  /** "demo" (the default): the demo people; "empty": nothing at all */
  store: StoreKind;
  /** false starts the Redis without FT.* */
  queryEngine: boolean;
  /** More environment for the console. */
  consoleEnv: Record<string, string>;
  /** "removed" runs the console without its proxy.ts */
  proxyFile: "there" | "removed";
}

interface WorkerFixtures extends ConsoleOptions {
  console: TestConsole;
}

interface TestFixtures {
  /** Who is signed in: "admin" (the default), another role, or null for nobody. */
  role: Role | null;
  /** Any error in the browser fails the test, but for those that it says it expects here. */
  problems: PageProblems;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  store: ["demo", { option: true, scope: "worker" }],
  queryEngine: [true, { option: true, scope: "worker" }],
  consoleEnv: [{}, { option: true, scope: "worker" }],
  proxyFile: ["there", { option: true, scope: "worker" }],
  console: [
    async ({ store, queryEngine, consoleEnv, proxyFile }, use) => {
      const folder = proxyFile === "removed" ? await buildWithoutProxy() : undefined;
      const { testConsole, close } = await openTestConsole({ store, queryEngine, env: consoleEnv, folder });
      await use(testConsole);
      await close();
      if (folder) await rm(folder, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: async ({ console }, use) => use(console.url),
  role: ["admin", { option: true }],
  storageState: async ({ console, role, browser }, use) =>
    use(role === null ? NOBODY : await signedInAs(role, console, browser)),
  problems: [
    async ({ context }, use) => {
      const problems = new PageProblems();
      problems.watch(context);
      await use(problems);
      expect(problems.unexpected(), "errors in the browser").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

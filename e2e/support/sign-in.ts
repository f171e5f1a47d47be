/** Signing in through the page, as a person does, and keeping what the browser got. */
import type { Browser, BrowserContext } from "@playwright/test";
import type { Role } from "../../lib/auth/permissions";
import type { TestConsole } from "./console";

export type SignedInState = Awaited<ReturnType<BrowserContext["storageState"]>>;

const ROLE_BUTTON: Record<Role, string> = {
  support: "Support",
  compliance: "Compliance",
  developer: "Developer",
  admin: "Administrator",
};

/** For a context of nobody: the tests' own contexts are signed in by default. */
export const NOBODY: SignedInState = { cookies: [], origins: [] };

/** What asks for a fresh sign-in takes one of the last five minutes; a run of all tests is longer. */
const FRESH_FOR_MS = 3 * 60_000;

type Kept = { state: Promise<SignedInState>; atMs: number };
const states = new WeakMap<TestConsole, Map<Role, Kept>>();

/** Once per role, console and a few minutes. A console that is no demo has its first administrator alone. */
export function signedInAs(role: Role, console: TestConsole, browser: Browser): Promise<SignedInState> {
  const known = states.get(console) ?? new Map<Role, Kept>();
  states.set(console, known);
  let kept = known.get(role);
  if (!kept || Date.now() - kept.atMs > FRESH_FOR_MS) {
    kept = { state: signIn(role, console, browser), atMs: Date.now() };
    known.set(role, kept);
  }
  return kept.state;
}

async function signIn(role: Role, console: TestConsole, browser: Browser): Promise<SignedInState> {
  const context = await browser.newContext({ baseURL: console.url, storageState: NOBODY });
  const page = await context.newPage();
  await page.goto("/sign-in");
  if (console.isDemo) {
    await page.getByRole("button", { name: ROLE_BUTTON[role] }).click();
  } else {
    if (role !== "admin") throw new Error(`only a demo has operators of every role, not ${role}`);
    await page.getByLabel("Name").fill("admin");
    await page.getByLabel("Password").fill(await console.firstPassword());
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  }
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  const state = await context.storageState();
  await context.close();
  return state;
}

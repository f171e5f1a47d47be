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

const states = new WeakMap<TestConsole, Map<Role, Promise<SignedInState>>>();

/** Once per role and console. A console that is no demo has its first administrator alone. */
export function signedInAs(role: Role, console: TestConsole, browser: Browser): Promise<SignedInState> {
  const known = states.get(console) ?? new Map<Role, Promise<SignedInState>>();
  states.set(console, known);
  let state = known.get(role);
  if (!state) {
    state = signIn(role, console, browser);
    known.set(role, state);
  }
  return state;
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

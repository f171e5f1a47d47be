/** Signing in to a running demo console without a browser, for what measures its pages. */
import { builtActions } from "./built-actions.mjs";

const ACTION = "demoSignInAction";

/**
 * @param {string} root
 * @param {string} url of a console of the production build, in demo mode
 * @param {"support" | "compliance" | "developer" | "admin"} role
 * @returns {Promise<string>} for the header Cookie
 */
export async function demoCookie(root, url, role) {
  const id = (await builtActions(root)).get(ACTION);
  if (!id) throw new Error(`the build has no ${ACTION}`);
  const answer = await fetch(`${url}/sign-in`, {
    method: "POST",
    headers: { "Next-Action": id, Origin: new URL(url).origin, "Content-Type": "text/plain;charset=UTF-8" },
    body: JSON.stringify([{ role }]),
  });
  const cookie = answer.headers.getSetCookie().find((line) => line.includes("console-session"));
  if (!cookie) throw new Error(`the console at ${url} let nobody in as ${role}: is it a demo?`);
  return cookie.split(";")[0] ?? "";
}

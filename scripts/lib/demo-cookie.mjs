/** Signing in to a running demo console without a browser, for what measures its pages. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { standaloneFolder } from "./build.mjs";

const ACTION = "demoSignInAction";

/**
 * @param {string} root
 * @param {string} url of a console of the production build, in demo mode
 * @param {"support" | "compliance" | "developer" | "admin"} role
 * @returns {Promise<string>} for the header Cookie
 */
export async function demoCookie(root, url, role) {
  const path = join(standaloneFolder(root), ".next/server/server-reference-manifest.json");
  /** @type {{node: Record<string, {exportedName?: string}>}} */
  const { node } = JSON.parse(readFileSync(path, "utf8"));
  const id = Object.keys(node).find((key) => node[key]?.exportedName === ACTION);
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

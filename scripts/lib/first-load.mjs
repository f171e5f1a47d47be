/** How much JavaScript a page makes a browser load before it can be used. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** Links are followed this far to find an example of every route with a parameter. */
const MAX_VISITS = 60;

/**
 * @param {string} root
 * @param {string} url of a running production server
 * @param {string} cookie of somebody who may see every page
 * @returns {Promise<{route: string, path: string | undefined}[]>} every page of the build, with an address
 *   that leads to it when one was found
 */
export async function listPages(root, url, cookie) {
  const manifest = JSON.parse(readFileSync(join(root, ".next/server/app-paths-manifest.json"), "utf8"));
  const routes = Object.keys(manifest)
    .filter((key) => key.endsWith("/page"))
    // Groups in parentheses are no part of an address.
    .map((key) => key.replace(/\/page$/, "").replace(/\/\([^)]+\)/g, "") || "/")
    .filter((route) => !route.startsWith("/_"));
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const route of routes) if (!route.includes("[")) found.set(route, route);
  const isDone = () => routes.every((route) => found.has(route));
  const queue = [...found.values()];
  for (let visits = 0; visits < queue.length && visits < MAX_VISITS && !isDone(); visits++) {
    const html = await readText(`${url}${queue[visits]}`, cookie);
    for (const [, href = ""] of html.matchAll(/href="(\/[^"#?]*)/g)) {
      const route = routes.find((candidate) => !found.has(candidate) && asPattern(candidate).test(href));
      if (!route) continue;
      found.set(route, href);
      queue.push(href);
    }
  }
  return [...new Set(routes)].sort().map((route) => ({ route, path: found.get(route) }));
}

/** @param {string} route */
function asPattern(route) {
  const source = route
    .replace(/[.*+?^${}()|]/g, "\\$&")
    .replace(/\/\[\[?(?:\\\.){3}[^\]]+\]\]?/g, "(/.+)?")
    .replace(/\[[^\]]+\]/g, "[^/]+");
  return new RegExp(`^${source}/?$`);
}

/**
 * @param {string} url
 * @param {string} path
 * @param {string} cookie
 * @returns {Promise<number>} bytes of all scripts that the page names, gzipped
 */
export async function measureFirstLoad(url, path, cookie) {
  const html = await readText(`${url}${path}`, cookie);
  // Browsers of today do not load what is marked noModule.
  const tags = [...html.matchAll(/<script\b[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => !/nomodule/i.test(tag));
  const sources = new Set(tags.flatMap((tag) => /\bsrc="([^"]+)"/.exec(tag)?.[1] ?? []));
  let bytes = 0;
  for (const source of sources)
    bytes += gzipSync(await readText(new URL(source.replaceAll("&amp;", "&"), url).href, cookie)).length;
  return bytes;
}

/**
 * @param {string} address
 * @param {string} cookie
 */
async function readText(address, cookie) {
  const response = await fetch(address, { headers: { Cookie: cookie } });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response.text();
}

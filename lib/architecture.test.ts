/**
 * The rules of docs/way-of-data.md, proved by reading the sources. When one fails: move the line to where it
 * belongs, or change the rule here and in the document, and say why in docs/decisions.
 */
import { expect, test } from "vitest";
import { type Import, type Source, sources } from "./testing/sources";

const all = sources("app", "components", "lib");
const everything = [...all, ...sources("scripts", "e2e")];

/** Proofs and what only proofs use. */
const isTest = ({ path }: Source) => /\.test\.tsx?$|\/test-kit\.ts$|^lib\/testing\//.test(path);
const shipped = all.filter((source) => !isTest(source));

/** Lines `path: what`, so that a failure names its cure. */
function broken(files: Source[], rule: (source: Source) => string[]): string[] {
  return files.flatMap((source) => rule(source).map((what) => `${source.path}: ${what}`));
}

function importing(files: Source[], forbidden: (source: Source, entry: Import) => boolean): string[] {
  return broken(files, (source) =>
    source.imports.filter((entry) => forbidden(source, entry)).map(({ from }) => `imports ${from}`),
  );
}

/** `lib/redis/sessions/schema` → `sessions`, when it is a feature's room. */
function featureOf(path: string, floor: "lib/redis" | "components", shared: string[]): string | null {
  const room = path.startsWith(`${floor}/`) ? path.slice(floor.length + 1).split("/") : [];
  return room.length > 1 && !shared.includes(room[0]!) ? room[0]! : null;
}
const FLOORS = "store limiter messages keyspace query-engine recall sign-in audit-chain jobs".split(" ");
const redisFeature = (path: string) => featureOf(path, "lib/redis", FLOORS);
const viewFeature = (path: string) => featureOf(path, "components", ["ui", "query", "data-class", "shell"]);

test("the sources were found and read", () => {
  expect(all.length).toBeGreaterThan(50);
  const guard = all.find(({ path }) => path === "lib/auth/guard.ts");
  expect(guard?.imports.map(({ to }) => to)).toEqual(
    expect.arrayContaining(["lib/redis/client", "server-only"]),
  );
});

test("lib stands below: it imports nothing of app or components", () => {
  const lib = all.filter(({ path }) => path.startsWith("lib/"));
  expect(importing(lib, (_, { to }) => /^(app|components)\//.test(to))).toEqual([]);
});

test("components import nothing of app", () => {
  const components = all.filter(({ path }) => path.startsWith("components/"));
  expect(importing(components, (_, { to }) => to.startsWith("app/"))).toEqual([]);
});

test("features of lib/redis do not import each other, and what they share imports none of them", () => {
  const files = shipped.filter(({ path }) => path.startsWith("lib/"));
  expect(
    importing(
      files,
      (source, { to }) => redisFeature(to) !== null && redisFeature(to) !== redisFeature(source.path),
    ),
  ).toEqual([]);
});

test("features of components do not import each other, and what they share imports none of them", () => {
  const files = shipped.filter(({ path }) => path.startsWith("components/"));
  expect(
    importing(
      files,
      (source, { to }) => viewFeature(to) !== null && viewFeature(to) !== viewFeature(source.path),
    ),
  ).toEqual([]);
});

test("a view knows its own feature's data, and of others their types alone", () => {
  const files = shipped.filter(({ path }) => path.startsWith("components/"));
  expect(
    importing(files, (source, { to, typeOnly }) => {
      const feature = redisFeature(to);
      return feature !== null && feature !== viewFeature(source.path) && !typeOnly;
    }),
  ).toEqual([]);
});

test("components/ui has no word of the domain", () => {
  const ui = shipped.filter(({ path }) => path.startsWith("components/ui/"));
  expect(importing(ui, (_, { to }) => /^(lib\/(redis|auth|refs|env)|components\/(?!ui\/))/.test(to))).toEqual(
    [],
  );
});

test("operations know nothing of Next or React", () => {
  const operations = shipped.filter(
    ({ path }) => /^lib\/(redis|embeddings)\//.test(path) && !/\/(reads|actions)\.ts$/.test(path),
  );
  const foreign =
    /^(next|react|react-dom|server-only|@tanstack\/.*)(\/|$)|^lib\/auth\/(guard|doors|open|stream|viewer|request|session-cookie)$/;
  expect(importing(operations, (_, { to }) => foreign.test(to))).toEqual([]);
});

test("every reads.ts stays on the server and exports guarded reads alone", () => {
  const reads = shipped.filter(({ path }) => /^lib\/redis\/.*\/reads\.ts$/.test(path));
  expect(reads.length).toBeGreaterThan(5);
  expect(
    broken(reads, (source) => [
      ...(source.imports.some(({ to }) => to === "server-only") ? [] : ['lacks import "server-only"']),
      ...strayExports(source, /^export const \w+ = guarded(Read|Download)\(/),
    ]),
  ).toEqual([]);
});

test("'use server' stands in actions.ts alone, where every export is a guarded action", () => {
  const saying = shipped.filter(({ code }) => /^\s*["']use server["']/m.test(code));
  const actions = shipped.filter(({ path }) => /^lib\/redis\/.*\/actions\.ts$/.test(path));
  expect(saying.map(({ path }) => path)).toEqual(actions.map(({ path }) => path));
  expect(actions.length).toBeGreaterThan(2);
  expect(
    broken(actions, (source) => strayExports(source, /^export const \w+ = (guardedAction|openAction)\(/)),
  ).toEqual([]);
});

function strayExports({ code }: Source, allowed: RegExp): string[] {
  return code.split("\n").filter((line) => /^\s*export\b/.test(line) && !allowed.test(line.trim()));
}

test("every API route but health is a door of the guard, and only reads", () => {
  const routes = shipped.filter(({ path }) => /^app\/.*\/route\.ts$/.test(path));
  expect(routes.length).toBeGreaterThan(5);
  /** Health tells machines what it may tell anyone; by-id only redirects and reads nothing. */
  const unguarded = ["app/api/health/route.ts"];
  const guarded = routes.filter(({ path }) => path.startsWith("app/api/") && !unguarded.includes(path));
  expect(
    broken(guarded, (source) => [
      ...(source.imports.some(({ to }) => /^lib\/auth\/(doors|open|stream)$/.test(to))
        ? []
        : ["does not use the guard"]),
      ...strayExports(
        source,
        /^export const (GET = (readDoor|downloadDoor|openDoor|streamDoor)\(|POST = readDoor\(|dynamic\b)/,
      ),
    ]),
  ).toEqual([]);
});

test("a key is written in keys.ts and console-keys.ts alone", () => {
  /**
   * Texts shown to people as examples, and the setting whose default is the prefix. Tests, seeds and the benchmark
   * write keys as an assistant would, in full.
   */
  const exceptions = [
    "lib/redis/keys.ts",
    "lib/redis/console-keys.ts",
    "lib/env.ts",
    "components/overview/empty-store.tsx",
  ];
  const literal = /(^|[\s"'`])(user|console):[^\s;?&|]|(^|[\s}`])(user|console):$|:history:|:rate_limit\b/;
  const files = shipped.filter(({ path }) => !exceptions.includes(path));
  expect(
    broken(files, ({ strings }) => strings.filter((text) => literal.test(text) && !/user:…/.test(text))),
  ).toEqual([]);
});

test("the Redis client is known to few files: who makes a client, and who reads its errors", () => {
  const makers = ["lib/redis/store/redis-node.ts", "lib/redis/keyspace/changes-tracker.ts"];
  const readers = ["store", "store-errors", "reply", "link-sentinel", "link-cluster", "cluster-nodes"];
  const doors = [...makers, ...readers.map((name) => `lib/redis/store/${name}.ts`)];
  const others = shipped.filter(({ path }) => !doors.includes(path));
  expect(importing(others, (_, { to }) => /^(redis|@redis\/.*)$/.test(to))).toEqual([]);
});

test("SCAN is said in one file, and KEYS in none", () => {
  // The second one names the command it stands for, on the page, and does not send it.
  const exceptions = ["lib/redis/keyspace/scan.ts", "lib/redis/recall/scan-memories.ts"];
  const files = shipped.filter(({ path }) => !exceptions.includes(path));
  expect(
    broken(files, ({ strings }) => strings.filter((text) => text === "SCAN" || text === "KEYS")),
  ).toEqual([]);
});

test("there are no barrels", () => {
  expect(
    broken(all, ({ path, code }) => [
      ...(/(^|\/)index\.tsx?$/.test(path) ? ["is an index"] : []),
      ...[...code.matchAll(/^export\s+(?:type\s+)?(?:\*|\{[^}]*\})\s*from[^\n]*/gm)].map(([line]) => line),
    ]),
  ).toEqual([]);
});

test("no source file is past 250 lines", () => {
  /** Invented sentences of the demo store: data, not code. */
  const data = ["scripts/demo/texts.ts"];
  const long = everything.filter(({ path, text }) => !data.includes(path) && text.split("\n").length > 251);
  expect(long.map(({ path, text }) => `${path}: ${text.split("\n").length - 1} lines`)).toEqual([]);
});

test("numbers and times are written for people in one file", () => {
  const files = shipped.filter(({ path }) => path !== "lib/format.ts");
  const own = /\bIntl\.|\.toLocale\w*String\(|\.toLocaleString\(/;
  expect(broken(files, ({ code }) => code.split("\n").filter((line) => own.test(line)))).toEqual([]);
});

test("stored content never becomes markup", () => {
  const markup =
    /dangerouslySetInnerHTML|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write\b|\beval\(|new Function\(/;
  expect(broken(shipped, ({ code }) => code.split("\n").filter((line) => markup.test(line)))).toEqual([]);
});

test("nothing is fetched but from this console, the configured embedding endpoint and the configured identity provider", () => {
  const door = ["components/query/fetch-read.ts", "components/query/live-stream.ts"];
  const calls = /(?<![\w.])fetch\(|\bnew (WebSocket|EventSource|XMLHttpRequest)\(|\bsendBeacon\(/;
  const files = shipped.filter(({ path }) => !door.includes(path) && !path.startsWith("lib/embeddings/"));
  expect(broken(files, ({ code }) => code.split("\n").filter((line) => calls.test(line)))).toEqual([]);
  const origin = /^https?:\/\/(?!127\.0\.0\.1|localhost|\[::1\]|\$\{)/;
  const browser = shipped.filter(({ path }) => /^(app|components)\//.test(path));
  expect(broken(browser, ({ strings }) => strings.filter((text) => origin.test(text)))).toEqual([]);
});

test("links to pages are made in one file: it says what is read ahead", () => {
  const files = shipped.filter(({ path }) => path !== "components/ui/page-link.tsx");
  expect(importing(files, (_, { from }) => from === "next/link")).toEqual([]);
});

test("the environment is read in lib/env.ts alone", () => {
  const files = shipped.filter(({ path }) => path !== "lib/env.ts");
  const reading = /process\.env\.(?!NODE_ENV\b|NEXT_RUNTIME\b|NEXT_PHASE\b)|process\.env\b(?!\.)/;
  expect(broken(files, ({ code }) => code.split("\n").filter((line) => reading.test(line)))).toEqual([]);
});

test("schemas stay out of the browser: what the browser imports of them are types", () => {
  const browser = shipped.filter(
    ({ path, code }) => path.startsWith("components/") || /^["']use client["']/.test(code),
  );
  expect(
    importing(browser, (_, { to, typeOnly }) => (/^zod(\/|$)/.test(to) || /\/schema$/.test(to)) && !typeOnly),
  ).toEqual([]);
});

test("nothing is switched off: no ignored rule, no ignored type, no skipped test, none that passes by its form", () => {
  const off = /biome-ignore|@ts-(ignore|nocheck|expect-error)|\b(test|describe|it)\.(skip|only|todo|fails)\b/;
  // Vitest compares the properties of an expression within toMatchObject, of which it has none.
  const bare = /(^|[{,])\s*(message|hint|reason|title|text|code|error): (\/[^/*]|new RegExp)/;
  const files = everything.filter(({ path }) => path !== "lib/architecture.test.ts");
  const lines = (path: string, text: string) =>
    text.split("\n").filter((line) => off.test(line) || (/\.(test|spec)\./.test(path) && bare.test(line)));
  expect(broken(files, ({ path, text }) => lines(path, text).map((line) => line.trim()))).toEqual([]);
});

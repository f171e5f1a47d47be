/** What the production build says about itself. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { standaloneFolder } from "../../scripts/lib/build.mjs";
import { PROJECT_ROOT } from "../../scripts/lib/project.mjs";

const SERVER = [".next", "server"];

/** `GET /api/users/[ref]` of every route file, with the methods it exports. */
export async function routeDoors(): Promise<string[]> {
  const app = join(PROJECT_ROOT, "app");
  const files = (await readdir(app, { recursive: true })).filter((path) => path.endsWith(`${sep}route.ts`));
  const doors = await Promise.all(
    files.map(async (path) => {
      const code = await readFile(join(app, path), "utf8");
      const methods = code.matchAll(
        /^export (?:const|async function) (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/gm,
      );
      const address = `/${relative(app, join(app, path)).split(sep).slice(0, -1).join("/")}`;
      return [...methods].map(([, method]) => `${method} ${address}`);
    }),
  );
  return doors.flat();
}

/** A copy of the build in which Next finds no proxy.ts. */
export async function buildWithoutProxy(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "memory-console-no-proxy-"));
  await cp(standaloneFolder(PROJECT_ROOT), folder, { recursive: true, verbatimSymlinks: true });
  const server = join(folder, ...SERVER);
  await writeFile(
    join(server, "middleware-manifest.json"),
    JSON.stringify({ version: 3, middleware: {}, sortedMiddleware: [], functions: {} }),
  );
  const functions = join(server, "functions-config-manifest.json");
  const config = JSON.parse(await readFile(functions, "utf8")) as { functions: Record<string, unknown> };
  delete config.functions["/_middleware"];
  await writeFile(functions, JSON.stringify(config));
  for (const name of await readdir(server)) {
    if (/^middleware\.js/.test(name)) await rm(join(server, name), { recursive: true });
  }
  return folder;
}

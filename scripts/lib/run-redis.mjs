import { PROJECT_ROOT } from "./project.mjs";
import { findEngine } from "./redis-engine.mjs";
import { readSettings } from "./settings.mjs";
import { step } from "./steps.mjs";
import { openStore } from "./store.mjs";

/**
 * `npm run redis`: only the server.
 * @param {string} usage
 * @param {string[]} argv
 */
export async function runRedis(usage, argv) {
  // Whatever PORT and REDIS_URL say, they are not about this server.
  const settings = readSettings(argv, { usage, root: PROJECT_ROOT, env: {} });
  if (!settings) return;
  const port = argv.some((word) => word.startsWith("--port")) ? settings.port : undefined;
  const engine = await step("engine", async (note) => {
    const found = await findEngine({ log: note });
    note(found.title);
    return found;
  });
  const store = await step("redis", async (note) => {
    const opened = await openStore({ engine, ...settings, port });
    note(opened.title);
    return opened;
  });
  console.log(`
  REDIS_URL   ${store.url}
  redis-cli   ${store.cliLine}

  Ctrl-C stops it.
`);
  // The server itself keeps nothing alive; a signal ends the wait.
  await new Promise((resolve) => setInterval(resolve, 2 ** 30).ref());
}

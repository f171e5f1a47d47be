/** `npm run demo:traffic`: a simulated assistant that talks on the store that is running. */
import { join } from "node:path";
import { readOrMakeSecret } from "./data-folder.mjs";
import { ensurePackages } from "./packages.mjs";
import { run } from "./processes.mjs";
import { PROJECT_ROOT } from "./project.mjs";
import { findRunning } from "./running.mjs";
import { loadEnvFile } from "./settings.mjs";

/** @param {string[]} argv for the program itself */
export async function runTraffic(argv) {
  loadEnvFile(PROJECT_ROOT);
  await ensurePackages(PROJECT_ROOT, () => {});
  const running = findRunning(join(PROJECT_ROOT, ".data"));
  const redisUrl = process.env.REDIS_URL || running?.redisUrl;
  if (!redisUrl) {
    throw new Error(
      "There is nobody to talk to: run npm start first, or set REDIS_URL, for example REDIS_URL=redis://127.0.0.1:6379",
    );
  }
  const secret = process.env.CONSOLE_SECRET || readOrMakeSecret(join(PROJECT_ROOT, ".data/secret"));
  const args = ["--import", "tsx", "scripts/demo/traffic.ts", ...argv];
  const env = { ...process.env, REDIS_URL: redisUrl, CONSOLE_SECRET: secret, CONSOLE_DEMO: "1" };
  const { code } = await run(process.execPath, args, {
    cwd: PROJECT_ROOT,
    env,
    onOutput: (text) => process.stdout.write(text),
  });
  process.exitCode = code ?? 1;
}

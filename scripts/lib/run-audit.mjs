/** `npm run verify-audit` and `npm run archive-audit`: settings as npm start has them, then the program. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ensurePackages } from "./packages.mjs";
import { run } from "./processes.mjs";
import { PROJECT_ROOT } from "./project.mjs";
import { findRunning } from "./running.mjs";
import { loadEnvFile } from "./settings.mjs";

/**
 * @param {"verify" | "archive"} command
 * @param {string[]} argv
 */
export async function runAudit(command, argv) {
  // Whatever goes wrong before there is a verdict is no verdict.
  process.exitCode = command === "verify" ? 2 : 1;
  try {
    loadEnvFile(PROJECT_ROOT);
    await ensurePackages(PROJECT_ROOT, () => {});
    const data = join(PROJECT_ROOT, ".data");
    const secret = process.env.CONSOLE_SECRET || readSecret(join(data, "secret"));
    const redisUrl = process.env.REDIS_URL || findRunning(data)?.redisUrl;
    const env = {
      ...process.env,
      ...(secret ? { CONSOLE_SECRET: secret } : {}),
      ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
    };
    const args = ["--import", "tsx", "scripts/audit/main.ts", command, ...argv.map(fromWhereItWasCalled)];
    const { code } = await run(process.execPath, args, {
      cwd: PROJECT_ROOT,
      env,
      onOutput: (text) => process.stdout.write(text),
    });
    if (code !== null) process.exitCode = code;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
}

/**
 * npm changes into the project's folder; a relative path is meant from where the person was.
 * @param {string} word
 * @param {number} at
 * @param {string[]} words
 */
function fromWhereItWasCalled(word, at, words) {
  const isValue = /^--(head|base|before)$/.test(words[at - 1] ?? "");
  return word.startsWith("-") || isValue ? word : resolve(process.env.INIT_CWD ?? process.cwd(), word);
}

/** @param {string} path never made here: another secret would call every entry forged */
function readSecret(path) {
  return existsSync(path) ? readFileSync(path, "utf8").trim() : undefined;
}

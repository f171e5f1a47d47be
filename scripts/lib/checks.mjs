/** Types and lint: what can be said about the sources without running them. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "./processes.mjs";
import { step } from "./steps.mjs";

/** @typedef {{name: string, passed: number, failed: number, output: string}} PartResult */

/**
 * @param {string} root
 * @returns {Promise<PartResult>}
 */
export function checkTypes(root) {
  return checkWith("types", root, [
    // The routes' types and next-env.d.ts are made, not kept; a clean clone has neither.
    ["node_modules/next/dist/bin/next", "typegen"],
    [compilerScript(root), "--noEmit"],
  ]);
}

/**
 * @param {string} root
 * @returns {Promise<PartResult>}
 */
export function checkLint(root) {
  return checkWith("lint", root, [["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings"]]);
}

/** @param {string} root */
function compilerScript(root) {
  const candidates = ["node_modules/typescript/bin/tsc", "node_modules/.bin/tsc"];
  return candidates.find((path) => existsSync(join(root, path))) ?? "node_modules/.bin/tsc";
}

/**
 * @param {string} name
 * @param {string} root
 * @param {string[][]} commands arguments for node, run one after the other until one fails
 * @returns {Promise<PartResult>}
 */
async function checkWith(name, root, commands) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  try {
    await step(name, async () => {
      for (const [script = "", ...args] of commands) {
        const { code, stdout, stderr } = await run(process.execPath, [script, ...args], { cwd: root, env });
        if (code !== 0) throw new Error(`${stdout}${stderr}`.trim() || `${script} ended with ${code}`);
      }
    });
    return { name, passed: 1, failed: 0, output: "" };
  } catch (error) {
    return { name, passed: 0, failed: 1, output: /** @type {Error} */ (error).message };
  }
}

/** `npm run operators`: finds the console's state, and has scripts/operators/main.ts do what was asked. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { dataFolder, readOrMakeSecret } from "./data-folder.mjs";
import { ensurePackages } from "./packages.mjs";
import { run } from "./processes.mjs";
import { PROJECT_ROOT } from "./project.mjs";
import { findEngine } from "./redis-engine.mjs";
import { findRunning } from "./running.mjs";
import { loadEnvFile } from "./settings.mjs";
import { openStore } from "./store.mjs";

/** How many words each command has after its own. */
const COMMANDS = { list: 0, add: 1, role: 2, disable: 1, enable: 1, "reset-password": 1, "sign-out": 1 };

/**
 * @param {string} usage
 * @param {string[]} argv
 */
export async function runOperators(usage, argv) {
  const asked = readArguments(usage, argv);
  if (!asked) {
    console.log(usage);
    return;
  }
  loadEnvFile(PROJECT_ROOT);
  await ensurePackages(PROJECT_ROOT, () => {});
  const { order, data, empty } = asked;
  if (asked.passwordFromInput) order.password = await readPassword();
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, REDIS_URL: await findStore(data, empty) };
  env.CONSOLE_SECRET ||= readSecret(data);
  // What another process mirrors on its standard output follows there by itself.
  if (env.AUDIT_MIRROR === "stdout") delete env.AUDIT_MIRROR;
  // The order goes by standard input: a password must not be seen in a list of processes.
  const { code, stdout, stderr } = await run(
    process.execPath,
    ["--import", "tsx", "scripts/operators/main.ts"],
    { cwd: PROJECT_ROOT, env, input: JSON.stringify(order) },
  );
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = code ?? 1;
}

/**
 * @param {string} usage
 * @param {string[]} argv
 * @returns undefined when only help was wanted
 */
export function readArguments(usage, argv) {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        role: { type: "string" },
        "password-stdin": { type: "boolean" },
        empty: { type: "boolean" },
        data: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help || positionals.length === 0) return undefined;
    const [command = "", name, role] = positionals;
    const words =
      Object.hasOwn(COMMANDS, command) && COMMANDS[/** @type {keyof typeof COMMANDS} */ (command)];
    if (words === false) throw new Error(`There is no command ${command}.`);
    if (positionals.length !== words + 1) throw new Error(`${command} does not go with these words.`);
    const makesPassword = command === "add" || command === "reset-password";
    if (values["password-stdin"] && !makesPassword) throw new Error(`${command} takes no password.`);
    if ((command === "add") !== (values.role !== undefined))
      throw new Error("--role goes with add, and add with it.");
    /** @type {{command: string, name?: string, role?: string, password: string | null}} */
    const order = { command, name, role: values.role ?? role, password: null };
    const data = resolve(values.data ?? join(PROJECT_ROOT, ".data"));
    return { order, data, empty: values.empty, passwordFromInput: values["password-stdin"] };
  } catch (error) {
    throw new Error(`${/** @type {Error} */ (error).message}\n\n${usage}`);
  }
}

/** Its first line, as it stands. */
async function readPassword() {
  let typed = "";
  for await (const text of process.stdin.setEncoding("utf8")) typed += text;
  const [line = ""] = typed.split(/\r?\n/);
  if (line === "") throw new Error("--password-stdin: there is nothing on standard input.");
  return line;
}

/**
 * @param {string} data
 * @param {boolean | undefined} empty
 * @returns {Promise<string>}
 */
async function findStore(data, empty) {
  const given = process.env.REDIS_URL || process.env.CONSOLE_REDIS_URL;
  if (given) return given;
  const running = findRunning(data, empty);
  if (running) return running.redisUrl;
  const kept = (empty === undefined ? [false, true] : [empty]).find((which) =>
    existsSync(dataFolder(data, { empty: which }).store),
  );
  if (kept === undefined) {
    throw new Error(
      "There is no store here yet: run npm start first, or set REDIS_URL, for example REDIS_URL=redis://127.0.0.1:6379",
    );
  }
  const engine = await findEngine({ log: () => {} });
  const { url } = await openStore({ engine, data, empty: kept, fresh: false });
  return url;
}

/** @param {string} data */
function readSecret(data) {
  const { secret } = dataFolder(data, { empty: false });
  if ((process.env.REDIS_URL || process.env.CONSOLE_REDIS_URL) && !existsSync(secret)) {
    throw new Error("CONSOLE_SECRET is missing: it must be the one that the console itself has.");
  }
  return readOrMakeSecret(secret);
}

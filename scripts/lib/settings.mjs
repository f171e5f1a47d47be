/** What the person asked for: settings from the environment (and .env), options from the command line. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { run } from "./processes.mjs";

/** Every variable that the console reads; .env.example says what each means. */
export const VARIABLES = [
  ...["REDIS_URL", "CONSOLE_REDIS_URL", "USER_KEY_PREFIX", "USER_KEY_HASHTAG", "MEMORY_INDEX"],
  "RATE_LIMIT_WINDOWS",
  ...[
    "EMBEDDINGS_PROVIDER",
    "EMBEDDINGS_URL",
    "EMBEDDINGS_MODEL",
    "EMBEDDINGS_API_KEY",
    "EMBEDDINGS_DIMENSIONS",
  ],
  ...[
    "EMBEDDINGS_NEXT_PROVIDER",
    "EMBEDDINGS_NEXT_URL",
    "EMBEDDINGS_NEXT_MODEL",
    "EMBEDDINGS_NEXT_API_KEY",
    "EMBEDDINGS_NEXT_DIMENSIONS",
    "EMBEDDINGS_NEXT_FIELD",
  ],
  ...["CHAT_URL", "CHAT_MODEL", "CHAT_API_KEY"],
  ...["PORT", "HOST", "PUBLIC_URL", "CONSOLE_SECRET", "CONSOLE_DEMO"],
  ...[
    "SESSION_IDLE_MINUTES",
    "SESSION_MAX_HOURS",
    "READS_PER_MINUTE",
    "WRITES_PER_MINUTE",
    "TRUSTED_PROXIES",
  ],
  ...["AUDIT_MIRROR", "AUDIT_KEEP_DAYS"],
  ...[
    "OIDC_ISSUER",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_SCOPES",
    "OIDC_GROUPS_CLAIM",
    "OIDC_ROLES",
  ],
];

/**
 * @typedef {object} Settings
 * @property {string | undefined} redisUrl a store that is somebody's own: used as it is
 * @property {number} port
 * @property {string} host
 * @property {boolean} fresh
 * @property {boolean} empty
 * @property {string} data the data folder
 */

/**
 * Reads .env into the environment; what is already set wins.
 * @param {string} root
 * @param {Record<string, string | undefined>} [env]
 */
export function loadEnvFile(root, env = process.env) {
  const path = join(root, ".env");
  if (!existsSync(path)) return;
  for (const line of readFileSync(path, "utf8").split("\n")) {
    const [, name, value] = /^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name && value && env[name] === undefined) env[name] = value.replace(/^(["'])(.*)\1$/, "$2");
  }
}

/**
 * @param {string[]} argv
 * @param {{usage: string, root: string, env?: Record<string, string | undefined>}} context
 * @returns {Settings | undefined} undefined when only help was wanted, which is then printed
 */
export function readSettings(argv, { usage, root, env = process.env }) {
  const { fresh, empty, port, data, help } = readOptions(argv, usage);
  if (help) {
    console.log(usage);
    return undefined;
  }
  const redisUrl = env.REDIS_URL || undefined;
  for (const name of ["REDIS_URL", "CONSOLE_REDIS_URL"]) {
    // lib/env.ts judges the rest; this is for what would be found out late.
    if (env[name] && !/^rediss?(\+sentinel|\+cluster)?:\/\/\S+$/.test(env[name])) {
      throw new Error(
        `${name} must be a redis:// or rediss:// address, for example ${name}=redis://127.0.0.1:6379`,
      );
    }
  }
  if (/^rediss?\+cluster:/.test(env.CONSOLE_REDIS_URL || env.REDIS_URL || "")) {
    throw new Error(
      "CONSOLE_REDIS_URL is demanded when REDIS_URL is a cluster, and must be none, for example CONSOLE_REDIS_URL=redis://127.0.0.1:6379",
    );
  }
  if (redisUrl && (fresh || empty)) {
    throw new Error(
      "--fresh and --empty are for the store of `npm start` itself; with REDIS_URL set, yours is used as it is",
    );
  }
  return {
    redisUrl,
    port: readPort(port ?? (env.PORT || "3000")),
    host: env.HOST || "127.0.0.1",
    fresh: Boolean(fresh),
    empty: Boolean(empty),
    data: data ?? join(root, ".data"),
  };
}

/**
 * @param {string[]} argv
 * @param {string} usage
 */
function readOptions(argv, usage) {
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        fresh: { type: "boolean" },
        empty: { type: "boolean" },
        port: { type: "string" },
        data: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
    return values;
  } catch (error) {
    throw new Error(`${/** @type {Error} */ (error).message}\n\n${usage}`);
  }
}

/** @param {string} text */
function readPort(text) {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new Error("PORT must be a whole number from 1 to 65535, for example PORT=3000");
}

/**
 * Has lib/env.ts, the one place that knows every rule, judge the environment before anything is built on it.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
export async function checkEnvironment(root, env) {
  const script =
    'import { parseEnv } from "./lib/env.ts"; try { parseEnv(process.env); } catch (error) { console.log(error.message); process.exitCode = 3; }';
  const args = ["--import", "tsx", "--input-type=module", "-e", script];
  const { code, stdout } = await run(process.execPath, args, { cwd: root, env });
  if (code === 3) throw new Error(stdout.trim());
}

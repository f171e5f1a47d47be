import { execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { standaloneFolder } from "../../scripts/lib/build.mjs";
import { startConsole } from "../../scripts/lib/console-server.mjs";
import { TEST_SECRET } from "../../scripts/lib/demo-template.mjs";
import { freePort } from "../../scripts/lib/ports.mjs";
import { PROJECT_ROOT } from "../../scripts/lib/project.mjs";
import { findEngine } from "../../scripts/lib/redis-engine.mjs";
import { startRedis } from "../../scripts/lib/redis-server.mjs";
import { dropIndexes, waitForIndexes } from "./indexes";

/** Which people a test's store begins with. */
export type StoreKind = "demo" | "empty";

export interface TestConsole {
  /** Where the console answers. */
  url: string;
  redisUrl: string;
  /** Runs redis-cli against the store and gives what it printed, as a person in a terminal would. */
  redisCli(...words: string[]): Promise<string>;
  /** Types one line into redis-cli, quotes and escapes as they stand, and gives what it printed. */
  redisCliTypes(line: string): Promise<string>;
  redis: {
    /** Starts it again on the same port and the same data, after stop() or kill(). */
    start(): Promise<void>;
    stop(): Promise<void>;
    kill(): Promise<void>;
  };
  /** Asks the console's process to end, as a container does. @returns when it is gone */
  terminate(): Promise<void>;
  /** What the console's process has written so far. */
  output(): string;
  /** Anybody may sign in with one click. */
  isDemo: boolean;
  /** The password of the first administrator, which a console that is no demo prints once. */
  firstPassword(): Promise<string>;
}

export interface TestConsoleOptions {
  store: StoreKind;
  /** false leaves FT.* out of the server */
  queryEngine?: boolean;
  /** more environment for the console */
  env?: Record<string, string>;
  /** the folder with server.js; the build's own when not given */
  folder?: string;
  /** where it listens, for whoever must know it before; any free one when not given */
  port?: number;
}

/** Starts a Redis and a console of the production build, both on free ports, and gives the way to stop them. */
export async function openTestConsole(options: TestConsoleOptions) {
  const { store, queryEngine = true, env = {}, folder = standaloneFolder(PROJECT_ROOT), port } = options;
  const dataFolder = await mkdtemp(join(tmpdir(), "memory-console-e2e-"));
  const engine = await findEngine({ fetch: false });
  const launch = (port?: number, withEngine = queryEngine) =>
    startRedis({ engine, dataFolder, port, queryEngine: withEngine, removeAtEnd: [dataFolder] });
  if (store === "demo") {
    await cp(process.env.DEMO_TEMPLATE ?? missingTemplate(), dataFolder, { recursive: true });
    if (!queryEngine) {
      const before = await launch(undefined, true);
      await dropIndexes(before.url);
      await before.stop();
    }
  }

  const isDemo = (env.CONSOLE_DEMO ?? (store === "demo" ? "1" : "0")) === "1";
  let redis = await launch();
  const { url: redisUrl, port: redisPort } = redis;
  await waitForIndexes(redisUrl);
  const start = async () =>
    startConsole({
      args: [join(folder, "server.js")],
      cwd: folder,
      env: {
        ...process.env,
        NODE_ENV: "production",
        REDIS_URL: redisUrl,
        CONSOLE_REDIS_URL: "",
        CONSOLE_SECRET: TEST_SECRET,
        CONSOLE_DEMO: isDemo ? "1" : "0",
        ...env,
      },
      host: "127.0.0.1",
      port: port ?? (await freePort()),
    });
  const server = await start().catch(async (error) => {
    await redis.stop();
    throw error;
  });

  const testConsole: TestConsole = {
    url: server.url,
    redisUrl,
    redisCli: async (...words) => {
      const [program = "redis-cli", ...args] = redis.cli;
      const { stdout } = await promisify(execFile)(program, [...args, ...words]);
      return stdout.trimEnd();
    },
    redisCliTypes: (line) => {
      const [program = "redis-cli", ...args] = redis.cli;
      const typed = promisify(execFile)(program, args);
      typed.child.stdin?.end(`${line}\n`);
      return typed.then(({ stdout }) => stdout.trimEnd());
    },
    redis: {
      start: async () => {
        redis = await launch(redisPort);
      },
      stop: () => redis.stop(),
      kill: () => redis.kill(),
    },
    terminate: async () => {
      process.kill(Number(server.pid), "SIGTERM");
      await server.ended;
    },
    output: server.output,
    isDemo,
    firstPassword: () => printed(server.output, /password\s+(\S+)/i),
  };
  const close = async () => {
    await server.stop();
    await redis.stop();
    await rm(dataFolder, { recursive: true, force: true });
  };
  return { testConsole, close };
}

async function printed(output: () => string, pattern: RegExp): Promise<string> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const found = pattern.exec(output())?.[1];
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the console never printed ${pattern}:\n${output()}`);
}

function missingTemplate(): never {
  throw new Error("DEMO_TEMPLATE is not set: the global setup has not run");
}

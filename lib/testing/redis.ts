import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, inject } from "vitest";
import { type RedisServer, startRedis } from "../../scripts/lib/redis-server.mjs";
import { command } from "../../scripts/lib/resp.mjs";

export interface TestServerOptions {
  /** false starts a Redis without FT.*; default true */
  queryEngine?: boolean;
  /** true keeps the data over stop() and start(); default false */
  appendOnly?: boolean;
  /** more words for redis-server, for example ["--maxmemory", "5mb"] */
  args?: string[];
}

export interface TestServer {
  url: string;
  port: number;
  /** Starts it again on the same port, after stop() or kill(). */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>;
  /** The process id, for tests that freeze it with SIGSTOP. */
  pid(): number;
  /** Stops it for good and removes its files. */
  remove(): Promise<void>;
}

/** A Redis of a test's own, on a free port. It ends with the test process even when nobody stops it. */
export async function startRedisServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { queryEngine = true, appendOnly = false, args } = options;
  const dataFolder = await mkdtemp(join(tmpdir(), "memory-console-test-"));
  const launch = (port?: number) =>
    startRedis({
      engine: inject("redisEngine"),
      dataFolder,
      port,
      queryEngine,
      appendOnly,
      args,
      removeAtEnd: [dataFolder],
    });
  let server: RedisServer = await launch();
  const { url, port } = server;
  return {
    url,
    port,
    start: async () => {
      server = await launch(port);
    },
    stop: () => server.stop(),
    kill: () => server.kill(),
    pid: () => server.pid!,
    remove: async () => {
      await server.kill();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/**
 * Call at the top of a test file: the file gets an empty Redis of its own, with the Query Engine, from before
 * its first test until after its last.
 */
export function testRedis(options: TestServerOptions = {}) {
  let server: TestServer | undefined;
  beforeAll(async () => {
    server = await startRedisServer(options);
  });
  afterAll(async () => {
    await server?.remove();
  });
  const running = () => {
    if (!server) throw new Error("testRedis: the server runs only inside tests and hooks");
    return server;
  };
  return {
    url: () => running().url,
    server: running,
    /** Empties it, for files whose tests want to begin from nothing. */
    flush: () => command(running().url, ["FLUSHALL"]) as Promise<string>,
  };
}

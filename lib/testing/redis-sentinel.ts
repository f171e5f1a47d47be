/** A primary, its replica and a sentinel that watches them; for tests of what a failover does to the console. */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { freePort } from "../../scripts/lib/ports.mjs";
import { END_GROUP, endGroup, guard } from "../../scripts/lib/processes.mjs";
import { command } from "../../scripts/lib/resp.mjs";
import { startRedisServer, type TestServer } from "./redis";
import { ask, until } from "./redis-cluster";

export interface TestSentinel {
  /** `redis+sentinel://…/mymaster` */
  url: string;
  primary: TestServer;
  replica: TestServer;
  remove(): Promise<void>;
}

export async function startRedisSentinel(): Promise<TestSentinel> {
  const args = [
    "--repl-diskless-sync-delay",
    "0",
    "--repl-ping-replica-period",
    "1",
    "--enable-debug-command",
    "yes",
  ];
  const primary = await startRedisServer({ queryEngine: false, args });
  const replica = await startRedisServer({
    queryEngine: false,
    args: [...args, "--replicaof", "127.0.0.1", String(primary.port)],
  });
  await until(async () => /master_link_status:up/.test(await ask(replica, "INFO replication")));
  const sentinel = await startSentinel(primary.port);
  await until(async () => {
    const replicas = await command(sentinel.url, ["SENTINEL", "REPLICAS", "mymaster"]).catch(() => []);
    return replicas.length === 1;
  });
  return {
    url: `redis+sentinel://127.0.0.1:1,127.0.0.1:${sentinel.port}/mymaster`,
    primary,
    replica,
    remove: async () => {
      await sentinel.end();
      await Promise.all([primary.remove(), replica.remove()]);
    },
  };
}

/** A sentinel writes into its configuration, so it has a file and a folder of its own. */
async function startSentinel(watchedPort: number) {
  const engine = inject("redisEngine");
  if (engine.kind === "docker") throw new Error("a sentinel needs a redis-server on this machine");
  const folder = await mkdtemp(join(tmpdir(), "memory-console-sentinel-"));
  const port = await freePort();
  const file = join(folder, "sentinel.conf");
  const lines = [
    ...["bind 127.0.0.1", `port ${port}`, `dir ${folder}`],
    `sentinel monitor mymaster 127.0.0.1 ${watchedPort} 1`,
    "sentinel down-after-milliseconds mymaster 1000",
    "sentinel failover-timeout mymaster 5000",
  ];
  await writeFile(file, `${lines.join("\n")}\n`);
  const child = spawn(engine.server, [file, "--sentinel"], { stdio: "ignore", detached: true });
  child.unref();
  const callGuardOff = guard(END_GROUP, [String(child.pid), folder]);
  const url = `redis://127.0.0.1:${port}`;
  await until(async () => (await command(url, ["PING"]).catch(() => "")) === "PONG");
  return {
    url,
    port,
    end: async () => {
      await endGroup(child, 500);
      callGuardOff();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, inject, test, vi } from "vitest";
import { isAlive, run } from "./lib/processes.mjs";
import { REDIS_IMAGE } from "./lib/redis-docker.mjs";
import { findEngine } from "./lib/redis-engine.mjs";
import { startRedis } from "./lib/redis-server.mjs";
import { command } from "./lib/resp.mjs";

/**
 * Stands in for docker where there is none: keeps one "container" per name, a process of the Redis that is here,
 * and is as strict about its arguments as this project needs.
 */
const FAKE_DOCKER = `#!/bin/sh
here=$(dirname "$0")
echo "$*" >> "$here/calls"
case "$1" in
  info) echo 27.0.1 ;;
  rm) [ -f "$here/$3.pid" ] && kill -KILL $(cat "$here/$3.pid"); rm -f "$here/$3.pid" ;;
  stop) kill -TERM $(cat "$here/$4.pid") ;;
  kill) kill -KILL $(cat "$here/$2.pid") ;;
  exec) shift 4; exec "$REDIS_CLI" -p $(cat "$here/port") "$@" ;;
  run)
    module="--loadmodule $REDIS_MODULE"
    while [ "$1" != "--dir" ]; do
      case "$1" in
        --name) name=$2 ;;
        -p) port=$(echo "$2" | cut -d: -f2) ;;
        -v) data=\${2%:/data} ;;
        --entrypoint) module= ;;
      esac
      shift
    done
    shift 2
    echo "$port" > "$here/port"
    echo $$ > "$here/$name.pid"
    exec "$REDIS_SERVER" --dir "$data" --port "$port" --bind 127.0.0.1 "$@" $module
    ;;
esac
`;

let folder: string;
const local = inject("redisEngine");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "memory-console-docker-"));
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin/docker"), FAKE_DOCKER);
  chmodSync(join(folder, "bin/docker"), 0o755);
  vi.stubEnv("PATH", `${join(folder, "bin")}:/usr/bin:/bin`);
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
  vi.stubEnv("REDIS_SERVER", local.server);
  vi.stubEnv("REDIS_CLI", local.cli ?? "redis-cli");
  vi.stubEnv("REDIS_MODULE", local.module ?? "");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

// The stand-in runs the Redis that is here; without a Query Engine to load it would be no stand-in.
const withLocalEngine = test.skipIf(!local.module);

withLocalEngine("without an engine here, Docker's is taken when it answers", async () => {
  const engine = await findEngine({ fetch: false });
  expect(engine).toMatchObject({ kind: "docker", image: REDIS_IMAGE, queryEngine: true });
});

withLocalEngine(
  "a container keeps its data, is reachable from this machine only, and is gone when stopped",
  async () => {
    const engine = await findEngine({ fetch: false });
    const dataFolder = join(folder, "data");
    const first = await startRedis({ engine, dataFolder });
    expect(first.queryEngine).toBe(true);
    expect(first.cliLine).toBe(`docker exec -it ${first.container} redis-cli`);
    await command(first.url, ["SET", "kept", "1"]);
    const [program = "", ...args] = first.cli;
    expect((await run(program, [...args, "GET", "kept"], { timeoutMs: 5000 })).stdout.trim()).toBe("1");
    const began = Date.now();
    await first.stop();
    expect(Date.now() - began).toBeLessThan(2000);
    expect(isAlive(first.pid!)).toBe(false);

    const second = await startRedis({ engine, dataFolder });
    expect(await command(second.url, ["GET", "kept"])).toBe("1");
    await second.kill();
    expect(isAlive(second.pid!)).toBe(false);

    const plain = await startRedis({ engine, dataFolder: join(folder, "plain"), queryEngine: false });
    expect(plain.queryEngine).toBe(false);
    await plain.stop();

    const calls = readFileSync(join(folder, "bin/calls"), "utf8").split("\n");
    const runs = calls.filter((line) => line.startsWith("run "));
    for (const line of runs)
      expect(line).toMatch(/^run --rm --name memory-console-\w{12} .*-p 127\.0\.0\.1:\d+:6379/);
    // What a killed start may have left under this name goes first.
    expect(calls.indexOf(`rm --force ${first.container}`)).toBeLessThan(calls.indexOf(runs[0]!));
  },
);

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { isHeld, readClaim, takeClaim, withLock } from "./lib/lock.mjs";
import { portHolder } from "./lib/port-holder.mjs";
import { freePort, tryPort } from "./lib/ports.mjs";
import { isAlive, processIdentity, run } from "./lib/processes.mjs";
import { PROJECT_ROOT } from "./lib/project.mjs";
import { command } from "./lib/resp.mjs";

let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "memory-console-scripts-"));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

describe("a claim", () => {
  test("is refused while a living process has it and taken over from a dead one", async () => {
    const path = join(folder, "claim.json");
    const child = spawn("sleep", ["30"]);
    children.push(child);
    const identity = processIdentity(child.pid!);
    writeFileSync(path, JSON.stringify({ pid: child.pid, identity, details: { redis: { port: 1 } } }));
    expect(takeClaim(path)).toMatchObject({ taken: false, by: { pid: child.pid } });

    // The same id in another life of the machine is another process.
    writeFileSync(
      path,
      JSON.stringify({ pid: child.pid, identity: `${child.pid}@0`, details: { redis: { port: 1 } } }),
    );
    expect(takeClaim(path)).toMatchObject({ taken: true, left: { details: { redis: { port: 1 } } } });
    expect(isHeld(readClaim(path)!)).toBe(true);
    expect(readClaim(path)?.pid).toBe(process.pid);
  });

  test("a torn one counts for nothing", () => {
    const path = join(folder, "claim.json");
    writeFileSync(path, '{"pid": 12');
    expect(takeClaim(path).taken).toBe(true);
  });

  test("several processes do the locked work one after the other", async () => {
    const script = `
      import { withLock } from ${JSON.stringify(join(PROJECT_ROOT, "scripts/lib/lock.mjs"))};
      import { existsSync, rmSync, writeFileSync } from "node:fs";
      await withLock("claim.json", async () => {
        if (existsSync("inside")) console.log("TWO AT ONCE");
        writeFileSync("inside", "");
        await new Promise((resolve) => setTimeout(resolve, 30));
        rmSync("inside", { force: true });
        console.log("done");
      });`;
    const runs = Array.from({ length: 5 }, () =>
      run(process.execPath, ["--input-type=module", "-e", script], { cwd: folder, timeoutMs: 15_000 }),
    );
    const said = (await Promise.all(runs)).map(({ stdout }) => stdout);
    expect(said).toEqual(Array(5).fill("done\n"));
    await expect(withLock(join(folder, "claim.json"), async () => "free")).resolves.toBe("free");
  });
});

describe("a port", () => {
  test("that somebody listens on is not free", async () => {
    const port = await freePort();
    const server = createServer().listen(port, "127.0.0.1");
    try {
      await new Promise((resolve) => server.once("listening", resolve));
      expect(await tryPort(port)).toBeUndefined();
      expect(await portHolder(port)).toContain(String(process.pid));
    } finally {
      server.close();
    }
  });
});

describe("nothing is left running", () => {
  test("a Redis ends with the process that started it, even when that is killed", async () => {
    const script = `
      import { startRedis } from ${JSON.stringify(join(PROJECT_ROOT, "scripts/lib/redis-server.mjs"))};
      const engine = ${JSON.stringify(inject("redisEngine"))};
      const server = await startRedis({ engine, dataFolder: "data" });
      console.log(server.pid);
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], { cwd: folder });
    children.push(child);
    const redisPid = Number(await new Promise((resolve) => child.stdout.once("data", resolve)));
    expect(isAlive(redisPid)).toBe(true);
    child.kill("SIGKILL");
    await expect.poll(() => isAlive(redisPid), { timeout: 2000 }).toBe(false);
  });

  test("npm run redis that was killed, its guard too, is cleared up by the next one, on the same data", async () => {
    const startServer = async () => {
      const child = spawn(process.execPath, ["scripts/redis.mjs", "--data", folder], { cwd: PROJECT_ROOT });
      children.push(child);
      let said = "";
      child.stdout.on("data", (text) => {
        said += text;
      });
      await expect.poll(() => said, { timeout: 10_000 }).toContain("Ctrl-C stops it");
      return { child, ...readClaim(join(folder, "demo.running.json"))!.details.redis };
    };
    const first = await startServer();
    await command(first.url, ["SET", "kept", "1"]);
    const { stdout } = await run("pgrep", ["-f", `guard ${first.pid}$`], { timeoutMs: 2000 });
    process.kill(Number(stdout), "SIGKILL");
    first.child.kill("SIGKILL");
    expect(isAlive(first.pid)).toBe(true);

    const second = await startServer();
    expect(isAlive(first.pid)).toBe(false);
    expect(await command(second.url, ["GET", "kept"])).toBe("1");
    second.child.kill("SIGTERM");
    await expect.poll(() => isAlive(second.pid), { timeout: 2000 }).toBe(false);
  });

  test("a command that is run does not outlive the process that ran it", async () => {
    const script = `
      import { run } from ${JSON.stringify(join(PROJECT_ROOT, "scripts/lib/processes.mjs"))};
      run("sh", ["-c", "sleep 60 & echo $!; wait"], { onOutput: (text) => process.stdout.write(text) });`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], { cwd: folder });
    children.push(child);
    const grandchild = Number(await new Promise((resolve) => child.stdout.once("data", resolve)));
    expect(isAlive(grandchild)).toBe(true);
    child.kill("SIGKILL");
    await expect.poll(() => isAlive(grandchild), { timeout: 2000 }).toBe(false);
  });
});

import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { hashSources } from "./lib/build.mjs";
import { readOrMakeSecret } from "./lib/data-folder.mjs";
import { isHeld, readClaim, takeClaim, withLock } from "./lib/lock.mjs";
import { whyInstall } from "./lib/packages.mjs";
import { freePort, tryPort } from "./lib/ports.mjs";
import { isAlive, run } from "./lib/processes.mjs";
import { PROJECT_ROOT } from "./lib/project.mjs";
import { command, parseReply, RedisReplyError } from "./lib/resp.mjs";
import { judge } from "./lib/results.mjs";
import { loadEnvFile, readSettings } from "./lib/settings.mjs";

let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "memory-console-scripts-"));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** Writes files below the test's folder; a name that ends in a slash is a folder. */
function write(files: Record<string, string>) {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

describe("the Redis protocol", () => {
  test("a reply is read only when all of it is there", () => {
    const whole = Buffer.from("*3\r\n$6\r\nhällo\r\n:42\r\n*1\r\n$-1\r\n");
    for (let length = 0; length < whole.length; length++) {
      expect(parseReply(whole.subarray(0, length))).toBeUndefined();
    }
    expect(parseReply(whole)).toEqual({ value: ["hällo", 42, [null]], end: whole.length });
  });

  test("an error reply is an error, and something else entirely is refused", () => {
    const reply = parseReply(Buffer.from("-LOADING Redis is loading\r\n"));
    expect(reply?.value).toBeInstanceOf(RedisReplyError);
    expect(() => parseReply(Buffer.from("HTTP/1.1 400 Bad Request\r\n"))).toThrow(/not a Redis server/);
  });
});

describe("packages are installed when", () => {
  const lock = (version: string) =>
    JSON.stringify({
      packages: {
        "": { name: "x" },
        "node_modules/a": { version },
        "node_modules/b": { version: "1.0.0", optional: true },
      },
    });

  test("there are none, or an installation was cut off", () => {
    write({ "package-lock.json": lock("1.0.0") });
    expect(whyInstall(folder)).toBe("node_modules is missing");
    write({ "node_modules/a/package.json": "{}" });
    expect(whyInstall(folder)).toBe("an earlier installation was not finished");
  });

  test("the lock file wants others, or a package's folder is gone; absent optional ones do not matter", () => {
    write({
      "package-lock.json": lock("1.0.0"),
      "node_modules/.package-lock.json": lock("1.0.0").replace(/,"node_modules\/b".*?}/, ""),
      "node_modules/a/package.json": "{}",
    });
    expect(whyInstall(folder)).toBeUndefined();
    write({ "package-lock.json": lock("1.0.1") });
    expect(whyInstall(folder)).toBe("the lock file has changed");
    write({ "package-lock.json": lock("1.0.0") });
    rmSync(join(folder, "node_modules/a"), { recursive: true });
    expect(whyInstall(folder)).toBe("node_modules is incomplete");
  });
});

describe("a build", () => {
  test("is of other sources when a file's content, name or existence changes, but not for a test", () => {
    write({ "app/page.tsx": "one", "lib/a.ts": "a" });
    const first = hashSources(folder);
    write({ "lib/a.test.ts": "test", "lib/testing/x.ts": "support", "docs/x.md": "text" });
    expect(hashSources(folder)).toBe(first);
    const digests = new Set([first]);
    for (const [name, content] of [
      ["app/page.tsx", "two"],
      ["proxy.ts", ""],
      ["lib/b.ts", "a"],
    ] as const) {
      write({ [name]: content });
      digests.add(hashSources(folder));
    }
    expect(digests.size).toBe(4);
  });
});

describe("a claim", () => {
  test("is refused while a living process has it and taken over from a dead one", async () => {
    const path = join(folder, "claim.json");
    const child = spawn("sleep", ["30"]);
    children.push(child);
    const { processIdentity } = await import("./lib/processes.mjs");
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

describe("settings", () => {
  const read = (argv: string[], env: Record<string, string> = {}) =>
    readSettings(argv, { usage: "usage", root: folder, env });

  test("have their defaults, and the command line wins over the environment", () => {
    expect(read([])).toMatchObject({ port: 3000, host: "127.0.0.1", fresh: false, empty: false });
    expect(read(["--port", "4000", "--empty"], { PORT: "5000", HOST: "0.0.0.0" })).toMatchObject({
      port: 4000,
      host: "0.0.0.0",
      empty: true,
    });
  });

  test.each<[string[], Record<string, string>, RegExp]>([
    [[], { PORT: "0" }, /PORT must .* for example/],
    [[], { PORT: "80x" }, /PORT must .* for example/],
    [["--port", "70000"], {}, /PORT must .* for example/],
    [[], { REDIS_URL: "127.0.0.1:6379" }, /REDIS_URL must .* for example/],
    [[], { CONSOLE_REDIS_URL: "http://x" }, /CONSOLE_REDIS_URL must .* for example/],
    [["--fresh"], { REDIS_URL: "redis://x" }, /--fresh/],
    [["--wrong"], {}, /usage/],
  ])("%j with %j stops the start with the rule and an example", (argv, env, message) => {
    expect(() => read(argv, env)).toThrow(message);
  });

  test("a .env file is read, and what is set already wins", () => {
    write({ ".env": '# note\nPORT=4001\nexport MEMORY_INDEX="idx:x"\nHOST=\nREDIS_URL=redis://file\n' });
    const env = { REDIS_URL: "redis://set" };
    loadEnvFile(folder, env);
    expect(env).toEqual({ REDIS_URL: "redis://set", PORT: "4001", MEMORY_INDEX: "idx:x" });
  });

  test("the secret is made once, for this person's eyes only", async () => {
    const path = join(folder, ".data/secret");
    const secret = readOrMakeSecret(path);
    expect(Buffer.from(secret, "base64url")).toHaveLength(32);
    expect(readOrMakeSecret(path)).toBe(secret);
    const { statSync } = await import("node:fs");
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});

describe("a port", () => {
  test("that somebody listens on is not free", async () => {
    const port = await freePort();
    const { createServer } = await import("node:net");
    const server = createServer().listen(port, "127.0.0.1");
    try {
      await new Promise((resolve) => server.once("listening", resolve));
      expect(await tryPort(port)).toBeUndefined();
      const { portHolder } = await import("./lib/port-holder.mjs");
      expect(await portHolder(port)).toContain(String(process.pid));
    } finally {
      server.close();
    }
  });
});

test.each(["18.19.0", "20.8.1"])("Node %s is told what is needed", async (version) => {
  const script = `Object.defineProperty(process.versions, "node", { value: "${version}" });
    await import(${JSON.stringify(join(PROJECT_ROOT, "scripts/start.mjs"))});`;
  const result = await run(process.execPath, ["--input-type=module", "-e", script], { timeoutMs: 10_000 });
  expect(result.code).toBe(1);
  expect(result.stderr).toContain("20.9");
});

describe("the sum of a test run", () => {
  test.each([
    ["all well", 0, { passed: 3, failed: 0 }, { passed: 3, failed: 0 }],
    ["a test failed", 1, { passed: 3, failed: 1 }, { passed: 3, failed: 1 }],
    ["nothing was run", 0, { passed: 0, failed: 0 }, { passed: 0, failed: 1 }],
    ["the runner crashed behind its report", 1, { passed: 3, failed: 0 }, { passed: 3, failed: 1 }],
    ["the runner was killed", null, { passed: 3, failed: 0 }, { passed: 3, failed: 1 }],
  ])("%s", (_, code, counted, expected) => {
    expect(judge("x", code, () => counted, "")).toMatchObject(expected);
  });

  test("a runner without a report has failed", () => {
    const verdict = judge("x", 0, () => JSON.parse(readFileSync(join(folder, "none.json"), "utf8")), "");
    expect(verdict).toMatchObject({ passed: 0, failed: 1 });
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

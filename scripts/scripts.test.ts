import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashSources } from "./lib/build.mjs";
import { readOrMakeSecret } from "./lib/data-folder.mjs";
import { holdOutput } from "./lib/held-output.mjs";
import { exposure, refuseUnusablePlace } from "./lib/listening.mjs";
import { whyInstall } from "./lib/packages.mjs";
import { run } from "./lib/processes.mjs";
import { PROJECT_ROOT } from "./lib/project.mjs";
import { parseReply, RedisReplyError } from "./lib/resp.mjs";
import { judge } from "./lib/results.mjs";
import { loadEnvFile, readSettings } from "./lib/settings.mjs";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "memory-console-scripts-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Writes files below the test's folder. */
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
    [[], { REDIS_URL: "redis+cluster://x:1" }, /CONSOLE_REDIS_URL is demanded .* for example/],
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
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});

test.each(["18.19.0", "20.8.1"])("Node %s is told what is needed", async (version) => {
  const script = `Object.defineProperty(process.versions, "node", { value: "${version}" });
    await import(${JSON.stringify(join(PROJECT_ROOT, "scripts/start.mjs"))});`;
  const result = await run(process.execPath, ["--input-type=module", "-e", script], { timeoutMs: 10_000 });
  expect(result.code).toBe(1);
  expect(result.stderr).toContain("20.9");
});

describe("where the console listens", () => {
  test("an address that is not this machine's is named as such, not as a port that is taken", async () => {
    for (const host of ["192.0.2.1", "999.1.1.1"]) {
      await expect(refuseUnusablePlace({ host, port: 0 })).rejects.toThrow(
        /^HOST must be an address of this/,
      );
    }
    await refuseUnusablePlace({ host: "127.0.0.1", port: 0 });
  });

  test("other machines are let in with a warning only", () => {
    for (const host of ["127.0.0.1", "localhost", "::1"])
      expect(exposure({ host, port: 3000 })).toBeUndefined();
    for (const host of ["0.0.0.0", "::", "192.168.1.5", "localhost.example.org"]) {
      expect(exposure({ host, port: 3000 }), host).toMatch(/no sign-in/);
    }
  });
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

describe("what the console says before the welcome", () => {
  const MARK = "──── First administrator ────";

  test("is kept back, but for what came after it was up", () => {
    const printed: string[] = [];
    const output = holdOutput((text) => printed.push(text));
    output.take("a warning\n");
    expect(printed).toEqual([]);
    output.open("Next.js starts\na warning\n");
    output.take("later\n");
    expect(printed.join("")).toBe("a warning\nlater\n");
  });

  test("is shown from the first administrator's password on, once, also when that is cut in two", () => {
    const printed: string[] = [];
    const output = holdOutput((text) => printed.push(text));
    output.take(`${MARK}\nPass`);
    output.open(`Next.js starts\n${MARK}\nPass`);
    output.take("word x\n");
    expect(printed.join("")).toBe(`${MARK}\nPassword x\n`);
  });
});

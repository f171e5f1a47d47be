import { describe, expect, test } from "vitest";
import { isOwnHost, isOwnOrigin } from "./origin";

const PUBLIC = "https://memory.example.org";

describe("Host", () => {
  test.each(["127.0.0.1", "127.0.0.1:3000", "localhost", "localhost:65535", "[::1]", "[::1]:3000"])(
    "%s is this console",
    (host) => {
      expect(isOwnHost(host, undefined)).toBe(true);
      expect(isOwnHost(host, PUBLIC)).toBe(true);
    },
  );

  test.each([
    null,
    "",
    " ",
    ":",
    ":3000",
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example:3000",
    "localhost:3000:80",
    "localhost:",
    "localhost:80@evil.example",
    "evil.example/localhost",
    "localhost, evil.example",
    "0.0.0.0:3000",
    "127.0.0.2",
    "2130706433",
    "::1",
    "[::ffff:127.0.0.1]",
    "memory.example.org",
    "constructor",
  ])("%j is not, without a public address", (host) => {
    expect(isOwnHost(host, undefined)).toBe(false);
  });

  test("the public address is this console, with exactly its host and port", () => {
    expect(isOwnHost("memory.example.org", PUBLIC)).toBe(true);
    expect(isOwnHost("memory.example.org:8443", "https://memory.example.org:8443/console")).toBe(true);
    for (const host of [
      "memory.example.org:8443",
      "example.org",
      "a.memory.example.org",
      "memory.example.orgx",
    ]) {
      expect(isOwnHost(host, PUBLIC), host).toBe(false);
    }
  });
});

describe("Origin", () => {
  test.each([
    ["http://127.0.0.1:3000", "127.0.0.1:3000", undefined],
    ["http://localhost:3000", "localhost:3000", undefined],
    ["http://[::1]:3000", "[::1]:3000", undefined],
    ["http://localhost", "localhost", undefined],
    [PUBLIC, "memory.example.org", PUBLIC],
    ["http://127.0.0.1:3000", "127.0.0.1:3000", PUBLIC],
  ])("%s with Host %s (public: %s) may change things", (origin, host, publicUrl) => {
    expect(isOwnOrigin(origin, host, publicUrl)).toBe(true);
  });

  test.each([
    ["missing", null, "127.0.0.1:3000", undefined],
    ["empty", "", "127.0.0.1:3000", undefined],
    ["null", "null", "127.0.0.1:3000", undefined],
    ["no host", "http://127.0.0.1:3000", null, undefined],
    ["another site", "http://evil.example", "127.0.0.1:3000", undefined],
    ["another port of this machine", "http://127.0.0.1:3001", "127.0.0.1:3000", undefined],
    ["another name of this machine", "http://localhost:3000", "127.0.0.1:3000", undefined],
    ["another scheme", "https://127.0.0.1:3000", "127.0.0.1:3000", undefined],
    ["a site that re-bound its name", "http://evil.example:3000", "evil.example:3000", undefined],
    ["a subdomain", "https://a.memory.example.org", "memory.example.org", PUBLIC],
    ["plain HTTP of the public host", "http://memory.example.org", "memory.example.org", PUBLIC],
    ["a path after it", `${PUBLIC}/`, "memory.example.org", PUBLIC],
    ["two origins", `${PUBLIC} http://evil.example`, "memory.example.org", PUBLIC],
    ["user info", "https://memory.example.org@evil.example", "memory.example.org", PUBLIC],
  ])("%s may not", (_what, origin, host, publicUrl) => {
    expect(isOwnOrigin(origin, host, publicUrl)).toBe(false);
  });
});

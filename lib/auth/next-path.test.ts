import { describe, expect, test } from "vitest";
import { safeNext } from "./next-path";

describe("a path of this console is kept", () => {
  test.each([
    "/",
    "/users",
    "/users/abc-_123/sessions?session=x&at=3#m4",
    "/search?q=%2F%2Fevil.example",
    "/users/%C3%A4",
    "/sign-ins",
    "/sign-in/done",
    "/a//b",
  ])("%s", (wish) => {
    expect(safeNext(wish)).toBe(wish);
  });
});

describe("everything else is the first page", () => {
  test.each([
    "",
    null,
    undefined,
    "users",
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/a/..//evil.example",
    "/%2e//evil.example",
    "/\u0000/evil.example",
    "/\u200b/evil.example",
    "/\u2028/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "@evil.example",
    ":80",
    "?x=//evil",
    "/users\r\nSet-Cookie: a=b",
    `/${"a".repeat(4_000)}`,
    "/sign-in",
    "/sign-in?next=/sign-in",
    "/sign-in/again",
    "/sign-in/done/again",
    "/sign-in/",
    "/api/sign-in/oidc/start",
    "/users/../api/health",
    "/_next/static",
  ])("%j", (wish) => {
    expect(safeNext(wish)).toBe("/");
  });
});

test("what comes out stays on this console wherever a browser reads it from, and comes out the same again", () => {
  const parts = ["/", "\\", ".", "..", "//", "%2f", "%5c", "@", ":", "evil.example", "\t", "?", "#", "http:"];
  for (const a of parts)
    for (const b of parts)
      for (const c of parts)
        for (const d of parts) {
          const out = safeNext(`/${a}${b}${c}${d}`);
          expect(new URL(out, "https://console.example/sign-in").origin).toBe("https://console.example");
          expect(safeNext(out)).toBe(out);
        }
});

import { expect, test } from "vitest";
import { parse } from "./sources";

test("imports are found in every form, and resolved to where they lead", () => {
  const { imports } = parse(
    "lib/redis/sessions/operations.ts",
    [
      'import "server-only";',
      'import type { Store } from "../store";',
      "import {",
      "  a,",
      '} from "@/components/ui/button";',
      'export * from "./other";',
      '// import no from "comment";',
      'const late = await import("../usage/reads.ts");',
      'const text = "import x from y";',
    ].join("\n"),
  );
  expect(imports.map(({ to, typeOnly }) => [to, typeOnly]).sort()).toEqual([
    ["components/ui/button", false],
    ["lib/redis/sessions/other", false],
    ["lib/redis/store", true],
    ["lib/redis/usage/reads", false],
    ["server-only", false],
  ]);
});

test("strings are told from comments and regular expressions", () => {
  const { strings, code } = parse(
    "x.tsx",
    [
      "/** user:comment */",
      'const a = "user:double"; // "user:not"',
      ["const b = `user:plain:history:$", "{s}`;"].join(""),
      "const c = /['\"]user:regex\\/[/]/.test(x);",
      "const d = <p>It's user:text</p>;",
      "const e = 'user:single \\' end';",
      "const f = 6 / 2 / 1;",
    ].join("\n"),
  );
  expect(strings).toEqual([
    "user:double",
    expect.stringMatching(/^user:plain:history:.{4}$/),
    "user:single \\' end",
  ]);
  expect(code).not.toMatch(/comment|user:not/);
});

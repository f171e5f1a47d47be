import { expect, test } from "vitest";
import { sources } from "../../lib/testing/sources";
import { ACTION_WORDS, actionWords } from "./action-words";

test("every guarded thing has its words", () => {
  const names = sources("lib").flatMap(({ path, code }) =>
    /\.test\.ts$|^lib\/testing\//.test(path)
      ? []
      : [...code.matchAll(/\b(?:name|action): "([a-z-]+\.[a-z-]+)"/g)].map(([, name]) => name!),
  );
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name) => !Object.hasOwn(ACTION_WORDS, name))).toEqual([]);
});

test("a name of an older console shows as it is", () => {
  expect(actionWords("constructor")).toBe("constructor");
  expect(actionWords("sessions.trim")).toBe("Trim a session");
});

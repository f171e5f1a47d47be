import { describe, expect, test } from "vitest";
import { createInput, listInput, updateInput } from "./schema";

function issues(result: { error?: { issues: { path: PropertyKey[] }[] } }) {
  return result.error?.issues.map(({ path }) => path.join(".")) ?? [];
}

describe("the list's parameters", () => {
  test("come as text and become numbers and days", () => {
    expect(listInput.parse({ ref: "r", minImportance: "3", since: "2026-03-04", cursor: "50" })).toEqual({
      ref: "r",
      minImportance: 3,
      since: Date.parse("2026-03-04T00:00:00Z"),
      cursor: 50,
      sort: "importance",
    });
  });

  const wrong: [string, string][] = [
    ["minImportance", ""],
    ["minImportance", "0"],
    ["minImportance", "11"],
    ["minImportance", "1e1"],
    ["maxImportance", " 3"],
    ["since", "2026-02-31"],
    ["since", "yesterday"],
    ["until", "2026-3-4"],
    ["cursor", "-1"],
    ["cursor", "1e309"],
    ["cursor", "9007199254740993"],
    ["limit", "51"],
    ["limit", "0"],
    ["sort", "size"],
    ["notIndexed", "yes"],
    ["text", ""],
    ["text", "x".repeat(201)],
    ["ref", ""],
  ];
  test.each(wrong)("%s=%s is refused by its name", (name, value) => {
    expect(issues(listInput.safeParse({ ref: "r", [name]: value }))).toEqual([name]);
  });
});

describe("a memory to write", () => {
  const right = { ref: "r", category: "pref", content: "likes tea", importance: 5 };

  test("is taken when it follows the rules", () => {
    expect(createInput.parse(right)).toEqual({ ...right, embeddingPolicy: "embed" });
    expect(
      createInput.safeParse({ ...right, category: "vœux 2026", content: "x".repeat(8_000) }).success,
    ).toBe(true);
  });

  const wrong: [string, unknown][] = [
    ["category", ""],
    ["category", "a:b"],
    ["category", "history"],
    ["category", " pref"],
    ["category", "pr\u0000ef"],
    ["category", "pr\u202eef"],
    ["category", "é".repeat(33)],
    ["content", " \n"],
    ["content", "x".repeat(8_001)],
    ["content", "half \ud83d character"],
    ["importance", 0],
    ["importance", 11],
    ["importance", 5.5],
    ["importance", "5"],
    ["importance", Number.NaN],
    ["embeddingPolicy", "keep"],
  ];
  test.each(wrong)("%s: %j is refused by its name", (name, value) => {
    expect(issues(createInput.safeParse({ ...right, [name]: value }))).toEqual([name]);
  });

  test("an edit names the version it is based on", () => {
    expect(issues(updateInput.safeParse({ ref: "r", memory: "m", version: "x" }))).toEqual(["version"]);
    expect(updateInput.parse({ ref: "r", memory: "m", version: "a".repeat(40) })).toMatchObject({
      embeddingPolicy: "embed",
      embedAgain: false,
    });
  });
});

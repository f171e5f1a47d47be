/** Nowhere else a query string: proved by reading the sources, as lib/architecture.test.ts does. */
import { expect, test } from "vitest";
import { type Source, sources } from "../../testing/sources";

const isTest = ({ path }: Source) => /\.test\.tsx?$|\/test-kit\.ts$|^lib\/testing\//.test(path);
const shipped = sources("app", "components", "lib").filter((source) => !isTest(source));

function broken(files: Source[], rule: (source: Source) => string[]): string[] {
  return files.flatMap((source) => rule(source).map((what) => `${source.path}: ${what}`));
}

test("a query string of the Query Engine is built in query-builder.ts alone", () => {
  // The second one takes finished queries apart, to show them without what is personal.
  const builder = "lib/redis/query-engine/query-builder.ts";
  const exceptions = [builder, "lib/redis/search/redacted-command.ts"];
  const files = shipped.filter(({ path }) => !exceptions.includes(path));
  const syntax = /@(\w+|\$\{[^}]*\}):[[{(]|=>\s*\[|\[KNN\b|VECTOR_RANGE/;
  expect(broken(files, ({ strings }) => strings.filter((text) => syntax.test(text)))).toEqual([]);
  // Whoever sends one has it from there.
  const sends = (text: string) =>
    /^FT\.(SEARCH|AGGREGATE|HYBRID|EXPLAIN|EXPLAINCLI|PROFILE|SPELLCHECK)$/.test(text);
  const senders = files.filter(({ strings }) => strings.some(sends));
  expect(senders.length).toBeGreaterThan(2);
  expect(
    broken(senders, ({ imports }) =>
      imports.some(({ to }) => to === builder.replace(/\.ts$/, "")) ? [] : ["sends a query of its own"],
    ),
  ).toEqual([]);
});

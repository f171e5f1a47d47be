import fc from "fast-check";
import { expect, test } from "vitest";
import { redisCliWords } from "../../../scripts/demo/redis-cli-words";
import { redisCliText } from "./command-text";

test("reads like the tutorial", () => {
  const query = "(@user_id:{alice}) => [KNN 5 @embedding $vec AS score]";
  expect(
    redisCliText(["FT.SEARCH", "idx:preferences", query, "PARAMS", 2, "vec", Buffer.of(0x40, 0x20)], [6]),
  ).toBe(
    String.raw`FT.SEARCH idx:preferences "(@user_id:{alice}) => [KNN 5 @embedding $vec AS score]" PARAMS 2 vec "\x40\x20"`,
  );
});

test("pasted into redis-cli it sends the same bytes", () => {
  const argument = fc.oneof(
    fc.string(),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(fc.array(argument, { minLength: 1, maxLength: 5 }), (args) => {
      const bytes = args.map((arg) => Buffer.from(arg as string));
      expect(redisCliWords(redisCliText(["ECHO", ...args])).slice(1)).toEqual(bytes);
      expect(redisCliWords(redisCliText(["ECHO", bytes[0]!], [1]))[1]).toEqual(bytes[0]);
    }),
  );
});

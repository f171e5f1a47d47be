import { expect, it } from "vitest";
import { hexDump } from "./hex-dump";

it("lays bytes out as hexdump -C does", () => {
  const hex = Buffer.from('{"type":"human",\u0000\u00ff').toString("hex");
  expect(hexDump(hex)).toBe(
    [
      '00000000  7b 22 74 79 70 65 22 3a  22 68 75 6d 61 6e 22 2c  |{"type":"human",|',
      "00000010  00 c3 bf                                          |...|",
    ].join("\n"),
  );
  expect(hexDump("")).toBe("");
});

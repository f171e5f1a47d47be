import { expect, test } from "vitest";
import { messageLink, parseMessageLink } from "./message-link";

test("an address names the message it was made from", () => {
  const link = { position: 99_999, mark: "0123456789abcdef" };
  expect(parseMessageLink(messageLink(link))).toEqual(link);
});

test.each([
  null,
  "",
  "5",
  "-5-0123456789abcdef",
  "5-0123456789abcde",
  "5-0123456789ABCDEF",
  "5-0123456789abcdef-",
])("%s names none", (text) => {
  expect(parseMessageLink(text)).toBeNull();
});

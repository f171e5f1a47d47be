import { expect, test } from "vitest";
import { pasteOf } from "./paste";

test("a short command is for the prompt, a long one for a shell", () => {
  expect(pasteOf("PING")).toEqual({ text: "PING", into: "redis-cli" });
  const long = `ECHO "${"\\x41".repeat(1_000)}"`;
  expect(pasteOf(long)).toEqual({ text: `redis-cli <<'REDIS'\n${long}\nREDIS\n`, into: "shell" });
  // Bytes count, not characters.
  expect(pasteOf(`ECHO "${"é".repeat(1_900)}"`).into).toBe("shell");
});

/** A command as it can be pasted into redis-cli. */
import { displayBytes } from "../../bytes";
import type { Command } from "../store/wire";

const PLAIN = /^[\w:.+*/@=-]+$/;

/**
 * Words as they are, everything else in double quotes with redis-cli's escapes, so that the pasted line sends the
 * same bytes. Arguments at `binaryAt` are written as `\x…` throughout, as the tutorial writes vectors.
 */
export function redisCliText(command: Command, binaryAt: readonly number[] = []): string {
  return command
    .map((argument, at) => {
      const bytes = Buffer.isBuffer(argument) ? argument : Buffer.from(String(argument), "utf8");
      if (binaryAt.includes(at)) return `"${hexEscapes(bytes)}"`;
      const text = bytes.toString("latin1");
      return PLAIN.test(text) ? text : `"${displayBytes(bytes).replaceAll('"', '\\"')}"`;
    })
    .join(" ");
}

function hexEscapes(bytes: Buffer): string {
  let out = "";
  for (const byte of bytes) out += `\\x${byte.toString(16).padStart(2, "0")}`;
  return out;
}

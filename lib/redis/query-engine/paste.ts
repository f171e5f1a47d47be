/** How a command is copied, so that it runs where it is pasted. For the browser too: imports nothing. */

/**
 * The prompt of redis-cli takes lines of at most 4,095 bytes and cuts longer ones (measured on 8.0.2: a line of 3,607 ran,
 * one of 4,067 did not). A vector of 512 numbers is 8,192 characters as escapes. Its standard input has no such end.
 */
const PROMPT_BYTES = 3_600;

export interface Paste {
  text: string;
  /** Where it runs: at the prompt of redis-cli, or in a shell, to which redis-cli may need its -u or -h. */
  into: "redis-cli" | "shell";
}

/** @param line one command as redisCliText writes it: no line feed is in it */
export function pasteOf(line: string): Paste {
  if (new TextEncoder().encode(line).length <= PROMPT_BYTES) return { text: line, into: "redis-cli" };
  return { text: `redis-cli <<'REDIS'\n${line}\nREDIS\n`, into: "shell" };
}

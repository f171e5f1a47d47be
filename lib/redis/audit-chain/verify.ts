/**
 * Is this chain whole? Works on lines alone, wherever they come from (an export, a mirror, an archive, Redis), in
 * constant memory: what is kept besides the last entry are problems.
 */
import { ChainCheck } from "./chain-check";
import type { ChainReport, VerifyOptions } from "./chain-report";

export async function verifyChain(
  lines: AsyncIterable<string> | Iterable<string>,
  options: VerifyOptions,
): Promise<ChainReport> {
  const check = new ChainCheck(options);
  for await (const line of lines) check.push(line);
  return check.end();
}

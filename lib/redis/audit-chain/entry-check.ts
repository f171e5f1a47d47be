import { isMac, type ParsedLine } from "./canonical";

/** Why an entry is not as a console wrote it, looked at by itself; null when it is. */
export function wrongWith({ entry, exact, hashes }: ParsedLine, macKey: Buffer | null): string | null {
  if (!exact) return "Its line is not spelled as a console spells it.";
  if (hashes() !== entry.hash) return "Its hash does not belong to what it says.";
  if (macKey && !isMac(entry.mac, entry.hash, macKey)) return "Its MAC is not one of this console's.";
  return null;
}

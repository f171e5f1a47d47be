/** `00000010  7b 22 74 79 70 65 22 3a  22 68 75 6d 61 6e 22 2c  |{"type":"human",|`, sixteen bytes a line. */
export function hexDump(hex: string): string {
  const lines: string[] = [];
  for (let at = 0; at < hex.length; at += 32) {
    const pairs = hex.slice(at, at + 32).match(/../g) ?? [];
    const bytes = [pairs.slice(0, 8).join(" "), pairs.slice(8).join(" ")].join("  ").padEnd(48);
    const offset = (at / 2).toString(16).padStart(8, "0");
    lines.push(`${offset}  ${bytes}  |${pairs.map(printable).join("")}|`);
  }
  return lines.join("\n");
}

function printable(pair: string): string {
  const code = Number.parseInt(pair, 16);
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : ".";
}

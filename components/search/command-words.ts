/** Commands as they are shown and as they are copied. */
import { formatCount } from "@/lib/format";
import { pasteOf } from "@/lib/redis/query-engine/paste";

/** 512 dimensions are 8 kB of escapes: shown by their first bytes, copied whole. */
export function shortened(text: string): string {
  return text.replace(/"((?:\\x[0-9a-f]{2}){48,})"/g, (_, escapes: string) => {
    return `"${escapes.slice(0, 48)}…" ⟨${formatCount(escapes.length / 4)} bytes, copied whole⟩`;
  });
}

export function pasteText(text: string): string {
  return pasteOf(text).text;
}

/** Where what is copied runs; empty for the prompt of redis-cli, which needs no word. */
export function pastePlace(text: string): string {
  return pasteOf(text).into === "shell" ? " · copied for a shell: too long for the prompt of redis-cli" : "";
}

/** The id in `/users/by-id/…`: links that other tools make know people by their raw id. */

const PATH = "/users/by-id/";

/**
 * The bytes of the id, as latin1 text, from an address: everything after `/users/by-id/`, percent-decoded byte by
 * byte (`%2F` is a slash; a plain `/` stays one), or the parameter `id`, for the few ids that no path can carry:
 * `..`, a leading or doubled slash, and bytes that are no UTF-8 (Next answers 400 to `%FF` in a path).
 * @returns null when there is none
 */
export function idFromAddress(address: string): string | null {
  const { pathname, search } = new URL(address);
  // Not by URLSearchParams, which turns bytes that are no UTF-8 into question marks.
  const given = /[?&]id=([^&]+)/.exec(search)?.[1];
  if (given) return percentDecode(given.replaceAll("+", " "));
  const rest = pathname.startsWith(PATH) ? pathname.slice(PATH.length) : "";
  if (rest === "") return null;
  return percentDecode(rest);
}

/** A `%` that begins no escape stands for itself. */
function percentDecode(text: string): string {
  return text
    .split(/(%[0-9a-fA-F]{2})/)
    .map((part, at) =>
      at % 2 === 1
        ? String.fromCharCode(Number.parseInt(part.slice(1), 16))
        : Buffer.from(part, "utf8").toString("latin1"),
    )
    .join("");
}

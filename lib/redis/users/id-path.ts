/**
 * The id in `/users/by-id/…`: links that other tools make know people by their raw id. The only address of this
 * console that names somebody, and whoever links decides to; its own pages ask by POST and link by reference.
 */
import { parseDisplayed } from "../../bytes";
import { SafeError } from "../../errors";

const PATH = "/users/by-id/";

/** U+FFFD, as latin1 text of its UTF-8. */
const REPLACEMENT = "\xef\xbf\xbd";

/**
 * The bytes of the id, as latin1 text, from an address: everything after `/users/by-id/`, percent-decoded byte by
 * byte (`%2F` is a slash; a plain `/` stays one), or the parameter `id`, for the few ids that no path can carry (`..`,
 * a leading or doubled slash), or the parameter `typed`: the id as a person reads and types it, `\xNN` for a byte.
 * @returns null when there is none
 * @throws SafeError `invalid_input` for an `id` with bytes that are no UTF-8: Next replaces them by U+FFFD before
 *   anybody here sees them (measured), and U+FFFD would name somebody else. No path can carry them either.
 */
export function idFromAddress(address: string): string | null {
  const { pathname, search } = new URL(address);
  const typed = parameter(search, "typed");
  if (typed) return parseDisplayed(Buffer.from(typed, "latin1").toString("utf8")).toString("latin1");
  const given = parameter(search, "id");
  if (given?.includes(REPLACEMENT)) {
    throw new SafeError("invalid_input", "id: bytes that are no UTF-8 do not arrive here whole.", {
      field: "id",
      hint: "Write them as \\xNN in the parameter “typed” instead: /users/by-id?typed=a\\xff",
    });
  }
  if (given) return given;
  const rest = pathname.startsWith(PATH) ? pathname.slice(PATH.length) : "";
  return rest === "" ? null : percentDecode(rest);
}

/** Not by URLSearchParams, which turns bytes that are no UTF-8 into question marks. */
function parameter(search: string, name: "id" | "typed"): string | null {
  const raw = new RegExp(`[?&]${name}=([^&]+)`).exec(search)?.[1];
  return raw ? percentDecode(raw.replaceAll("+", " ")) : null;
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

/** Where a sign-in goes on to. The wish comes from an address that anybody may have written. */

/** Longer than any address of this console's pages. */
const LONGEST = 4_000;

/** Nothing to go on to: the sign-in itself (but for its word that it is done), and what answers machines. */
const NOWHERE = /^\/(sign-in(?!\/done$)|api|_next)(\/|$)/;

/**
 * A path of this console, with query and fragment, or `/` for everything else. Browsers drop tabs and line breaks
 * from addresses and read `\` as `/`, so that `/\t/evil` and `/\evil` are another host (WHATWG URL, 4.4); dots
 * vanish, so that `/.//evil` becomes `//evil`, which is another host once it is a redirect.
 */
export function safeNext(wish: string | null | undefined): string {
  if (!wish || wish.length > LONGEST || !/^\/(?!\/)/.test(wish) || /[\\\p{C}\s]/u.test(wish)) return "/";
  const here = "http://here.invalid";
  if (!URL.canParse(wish, here)) return "/";
  const { origin, pathname, search, hash } = new URL(wish, here);
  if (origin !== here || pathname.startsWith("//") || NOWHERE.test(pathname)) return "/";
  return `${pathname}${search}${hash}`;
}

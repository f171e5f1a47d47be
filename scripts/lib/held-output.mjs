/** What a console says while it starts is of interest to nobody, but for the password of its first administrator. */

/** lib/redis/sign-in/first-start.ts begins with it. */
const MARK = "──── First administrator ────";

/**
 * Keeps back what comes before it is opened.
 * @param {(text: string) => void} print
 */
export function holdOutput(print) {
  let isOpen = false;
  let held = "";
  return {
    /** @param {string} text */
    take(text) {
      if (isOpen) print(text);
      else held += text;
    },
    /** @param {string} said everything so far, what was said before anybody listened included */
    open(said) {
      isOpen = true;
      const from = said.indexOf(MARK);
      print(from >= 0 ? said.slice(from) : held);
      held = "";
    },
  };
}

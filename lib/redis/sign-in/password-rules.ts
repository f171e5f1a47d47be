/**
 * Which passwords are taken. NIST SP 800-63B-4, 3.1.1.2: at least 15 characters where the password is the only
 * factor, no rules of composition, and a list of the commonest refused.
 */
import { SafeError } from "../../errors";
import { comparedName } from "./operator-names";

export const PASSWORD_MIN = 15;
export const PASSWORD_MAX = 256;

/** The form that is hashed: the same text typed on two systems is one password. */
export function preparedPassword(typed: string): string {
  return typed.normalize("NFKC");
}

/**
 * @param operatorName a password that says whose it is, is no password
 * @throws SafeError `invalid_input`, field `password`
 */
export async function requireGoodPassword(typed: string, operatorName: string): Promise<void> {
  const password = preparedPassword(typed);
  const characters = [...password];
  if (characters.length < PASSWORD_MIN) throw wrong(`A password has at least ${PASSWORD_MIN} characters.`);
  if (characters.length > PASSWORD_MAX) throw wrong(`A password has at most ${PASSWORD_MAX} characters.`);
  if (/\p{Cs}/u.test(password)) throw wrong("This password holds half a character.");
  const plain = password.toLowerCase();
  const letters = lettersAndDigits(comparedName(password));
  if (holdsName(password, operatorName)) throw wrong("A password must not hold the operator's name.");
  if (letters.includes("memoryconsole")) throw wrong("A password must not hold the name of this console.");
  if (new Set(characters).size < 5 || isSequence(plain) || (await isCommon(plain))) {
    throw wrong("This password is one of those that are tried first.");
  }
}

/** Names of less than three letters stand in a text by chance. */
export function holdsName(password: string, operatorName: string): boolean {
  const name = lettersAndDigits(comparedName(operatorName));
  return name.length >= 3 && lettersAndDigits(comparedName(password)).includes(name);
}

function lettersAndDigits(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, "");
}

/** `abcdefghijklmnop`, `9876543210…`: every character follows the one before it; a digit also 9 → 0. */
function isSequence(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0)!);
  return [1, -1].some((step) =>
    codes.every((code, at) => {
      if (at === 0) return true;
      const moved = code - codes[at - 1]!;
      return moved === step || moved === -9 * step;
    }),
  );
}

let commonest: Promise<ReadonlySet<string>> | undefined;

/** 49,233 passwords, most used first. Half a megabyte, so it is read when the first password is set. */
async function readCommonest(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return new Set(dictionary["passwords-common"].map((word) => word.toLowerCase()));
}

/**
 * A common password, also when repeated, or when digits and punctuation around it make up the length. Several common
 * words after another are left alone: that is a passphrase.
 */
async function isCommon(plain: string): Promise<boolean> {
  commonest ??= readCommonest();
  const common = await commonest;
  const bare = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  const words = new Set(plain.split(/[^\p{L}]+/u).filter(Boolean));
  const candidates = [plain, bare, plain.replace(/[^\p{L}]+$/u, ""), ...(words.size === 1 ? words : [])];
  return candidates.some((text) => common.has(text) || common.has(repeatedPart(text)));
}

/** `passwordpasswordpass` → `password`; a text that repeats nothing, as it is. */
function repeatedPart(text: string): string {
  for (let length = 1; length <= text.length / 2; length++) {
    if (text.startsWith(text.slice(length))) return text.slice(0, length);
  }
  return text;
}

function wrong(message: string): SafeError {
  return new SafeError("invalid_input", message, {
    field: "password",
    hint: "Four or five words that have nothing to do with each other do well.",
  });
}

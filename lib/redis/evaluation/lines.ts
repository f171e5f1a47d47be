/**
 * Questions as JSON Lines, one a line:
 *
 *     {"user":"alice","query":"which nuts","expect":["personal:001"]}
 *
 * Ids and names as pages show them: printable UTF-8, other bytes as \xNN.
 */
import { displayBytes, parseDisplayed } from "../../bytes";
import { SafeError } from "../../errors";
import { openRef, sealRef } from "../../refs";
import { EXPECTED_MAX, IMPORT_LINES, QUESTION_CHARS } from "./rules";
import { openExpected } from "./show-questions";

export interface Line {
  userRef: string;
  query: string;
  /** References. */
  expected: string[];
}

export function formatLine({ userRef, query, expected }: Line): string {
  const expect = expected.map((memoryRef) => {
    const { category, number } = openExpected(memoryRef);
    return `${displayBytes(category)}:${displayBytes(number)}`;
  });
  return JSON.stringify({ user: displayBytes(openRef("user", userRef)), query, expect });
}

/** Blank lines count for nothing. @throws SafeError `invalid_input`, with the line's number and without its text */
export function parseLines(text: string): Line[] {
  const lines = text.split(/\r?\n/);
  const parsed = lines.flatMap((line, at) => (line.trim() === "" ? [] : [parseLine(line, at + 1)]));
  if (parsed.length === 0) throw refused("There is no line in it.");
  if (parsed.length > IMPORT_LINES) throw refused(`At most ${IMPORT_LINES} lines are taken at once.`);
  return parsed;
}

function parseLine(line: string, number: number): Line {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw refused(`Line ${number} is no JSON.`);
  }
  const { user, query, expect } = (typeof value === "object" && value ? value : {}) as Record<
    string,
    unknown
  >;
  if (typeof user !== "string" || user === "" || user.length > 8_192) {
    throw refused(`Line ${number} has no user.`);
  }
  const asked = typeof query === "string" ? query.trim() : "";
  if (asked === "" || asked.length > QUESTION_CHARS || /\p{Cc}/u.test(asked)) {
    throw refused(`Line ${number} has no query of one line with at most ${QUESTION_CHARS} characters.`);
  }
  const names = Array.isArray(expect) ? expect : [];
  if (names.length === 0 || names.length > EXPECTED_MAX) {
    throw refused(`Line ${number} must expect 1 to ${EXPECTED_MAX} memories.`);
  }
  return {
    userRef: sealRef("user", parseDisplayed(user)),
    query: asked,
    expected: [...new Set(names.map((name) => memoryRefOf(name, number)))],
  };
}

function memoryRefOf(name: unknown, line: number): string {
  const match = typeof name === "string" && name.length <= 2_048 ? /^([^:]+):([^:]+)$/.exec(name) : null;
  if (!match) throw refused(`Line ${line} expects something that is no memory: category:number.`);
  const parts = [parseDisplayed(match[1]!), Buffer.from(":"), parseDisplayed(match[2]!)];
  return sealRef("memory", Buffer.concat(parts));
}

function refused(message: string): SafeError {
  return new SafeError("invalid_input", message, {
    hint: 'Each line is like {"user":"alice","query":"which nuts","expect":["personal:001"]}. Nothing was taken in.',
    field: "lines",
  });
}

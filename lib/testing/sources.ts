/** The project's own source files, taken apart just enough to prove rules about them. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SOURCE = /\.(ts|tsx|mjs)$/;

export interface Source {
  /** From the project's folder, with `/`. */
  path: string;
  text: string;
  /** The text without comments. */
  code: string;
  /** What stands between quotes. */
  strings: string[];
  imports: Import[];
}

export interface Import {
  /** As written. */
  from: string;
  /** A path of the project without extension, or the package's name. */
  to: string;
  /** `import type …`, which leaves nothing behind. */
  typeOnly: boolean;
}

/** All source files under these folders, in order. */
export function sources(...folders: string[]): Source[] {
  return folders
    .flatMap((folder) => walk(join(ROOT, folder)))
    .sort()
    .map(read);
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return entry.name.startsWith(".") || entry.name === "node_modules" ? [] : walk(path);
    return SOURCE.test(entry.name) ? [path] : [];
  });
}

function read(file: string): Source {
  return parse(relative(ROOT, file).split("\\").join("/"), readFileSync(file, "utf8"));
}

/** One source by its path and text. */
export function parse(path: string, text: string): Source {
  const { code, strings } = scan(text);
  return { path, text, code, strings, imports: importsOf(path, code) };
}

const FROM = /(?:^|[\n;])\s*(import|export)\s+(type\s)?[^;'"`]*?\bfrom\s*["']([^"']+)["']/g;
const BARE = /(?:^|[\n;])\s*import\s*["']([^"']+)["']|\b(?:import|require)\s*\(\s*["']([^"']+)["']/g;

function importsOf(path: string, code: string): Import[] {
  const found: Import[] = [];
  for (const [, , type, from] of code.matchAll(FROM)) {
    found.push({ from: from!, to: resolve(path, from!), typeOnly: type !== undefined });
  }
  for (const [, bare, called] of code.matchAll(BARE)) {
    const from = bare ?? called!;
    found.push({ from, to: resolve(path, from), typeOnly: false });
  }
  return found;
}

function resolve(path: string, from: string): string {
  if (from.startsWith("@/")) return from.slice(2).replace(SOURCE, "");
  if (from.startsWith(".")) return posix.join(dirname(path), from).replace(SOURCE, "");
  return from;
}

/**
 * Comments, strings and regular expressions told apart, as far as it takes: a slash begins a regular expression
 * where a value is awaited. Inside a template, `${…}` counts as part of the string.
 */
function scan(text: string): { code: string; strings: string[] } {
  const strings: string[] = [];
  let code = "";
  let at = 0;
  while (at < text.length) {
    const two = text.slice(at, at + 2);
    if (two === "//" || two === "/*") {
      const end = two === "//" ? text.indexOf("\n", at) : text.indexOf("*/", at) + 2;
      at = end <= 1 ? text.length : end;
      continue;
    }
    const char = text[at]!;
    const literal =
      char === "/" && awaitsValue(code) ? regex(text, at) : /["'`]/.test(char) ? quoted(text, at) : null;
    if (literal === null) {
      code += char;
      at += 1;
      continue;
    }
    if (char !== "/" && literal.length > 1) strings.push(literal.slice(1, -1));
    code += literal;
    at += literal.length;
  }
  return { code, strings };
}

function awaitsValue(code: string): boolean {
  return /(?:[(,=:[!&|?{};+\n]|=>|\breturn)\s*$/.test(code.slice(-40));
}

function quoted(text: string, from: number): string {
  const quote = text[from];
  let at = from + 1;
  while (at < text.length && text[at] !== quote) {
    // An apostrophe in the text of JSX opens nothing that ends on its line.
    if (text[at] === "\n" && quote !== "`") return text[from]!;
    at += text[at] === "\\" ? 2 : 1;
  }
  return text.slice(from, at + 1);
}

function regex(text: string, from: number): string | null {
  let inClass = false;
  for (let at = from + 1; at < text.length && text[at] !== "\n"; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === "[") inClass = true;
    else if (text[at] === "]") inClass = false;
    else if (text[at] === "/" && !inClass) return text.slice(from, at + 1);
  }
  return null;
}

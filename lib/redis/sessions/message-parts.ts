/** What assistants' libraries write beside a plain content: parts, function calls, a message within a message. */
import type { FunctionCall } from "./schema";

type Fields = ReadonlyMap<string, unknown>;

const MAX_CALLS = 10;
const ARGUMENTS_CHARACTERS = 4_000;
const NAME_CHARACTERS = 100;

/** A function call, whole. */
export type WholeCall = Pick<FunctionCall, "name" | "arguments">;

export interface Spoken {
  /** null when the content is no text, or there is none. */
  text: string | null;
  calls: WholeCall[];
}

/**
 * The content: a text; the texts among its parts (`[{"type":"text","text":…}, {"type":"tool_use",…}]`), as long as
 * there are no others; nothing (null) beside function calls; or that of `data`, where LangChain's Redis history
 * keeps its messages. Calls are found where LangChain, OpenAI and Anthropic write them.
 */
export function readSpoken(fields: Fields): Spoken {
  const data = fields.has("content") ? null : fieldsOf(fields.get("data"));
  const from = data?.has("content") ? data : fields;
  const content = from.get("content");
  const parts = Array.isArray(content) && content.length > 0 ? content.map(fieldsOf) : [];
  const calls = [
    ...callsIn(from),
    ...callsIn(fieldsOf(from.get("additional_kwargs"))),
    ...parts.flatMap(toolUse),
  ];
  return { text: textOf(content, parts, calls.length > 0), calls: unique(calls) };
}

/** What a page carries of them: the first ten, the beginnings of long ones, and how many more there are. */
export function shownCalls(calls: readonly WholeCall[]): { calls?: FunctionCall[]; moreCalls?: number } {
  if (calls.length === 0) return {};
  const shown = calls.slice(0, MAX_CALLS).map((call) => ({
    name: wellFormed(call.name.slice(0, NAME_CHARACTERS)),
    arguments: wellFormed(call.arguments.slice(0, ARGUMENTS_CHARACTERS)),
    cut: call.arguments.length > ARGUMENTS_CHARACTERS,
  }));
  return { calls: shown, ...(calls.length > MAX_CALLS ? { moreCalls: calls.length - MAX_CALLS } : {}) };
}

function textOf(content: unknown, parts: (Fields | null)[], hasCalls: boolean): string | null {
  if (typeof content === "string") return content;
  if (content === null) return hasCalls ? "" : null;
  if (parts.length === 0) return null;
  const texts: string[] = [];
  for (const part of parts) {
    const text = part?.get("text");
    if (part?.get("type") === "text" && typeof text === "string") texts.push(text);
    else if (toolUse(part).length === 0) return null;
  }
  return texts.join("\n");
}

/** Own fields of a JSON object; null for anything else. */
function fieldsOf(value: unknown): Map<string, unknown> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return new Map(Object.entries(value));
}

function callsIn(fields: Fields | null): WholeCall[] {
  if (!fields) return [];
  const listed = fields.get("tool_calls");
  const calls = [...(Array.isArray(listed) ? listed : []), fields.get("function_call")];
  return calls.flatMap((value) => {
    const call = fieldsOf(value);
    const inner = fieldsOf(call?.get("function")) ?? call;
    return inner ? called(inner.get("name"), inner.get("arguments") ?? inner.get("args")) : [];
  });
}

function toolUse(part: Fields | null): WholeCall[] {
  return part?.get("type") === "tool_use" ? called(part.get("name"), part.get("input")) : [];
}

function called(name: unknown, given: unknown): WholeCall[] {
  if (typeof name !== "string") return [];
  const text = typeof given === "string" ? given : given === undefined ? "" : JSON.stringify(given);
  return [{ name, arguments: text }];
}

/** LangChain writes a call twice: as its own and as the provider's. */
function unique(calls: WholeCall[]): WholeCall[] {
  const seen = new Set<string>();
  return calls.filter((call) => {
    const sameAs = `${call.name} ${call.arguments.replace(/\s/g, "")}`;
    return !seen.has(sameAs) && seen.add(sameAs);
  });
}

/** What JSON.parse says, without the text that it quotes. */
export function parseReason(error: unknown): string {
  const text = error instanceof Error ? error.message : "";
  // What stands in double quotes, and all behind it, is the text itself.
  const token = /^Unexpected token '[\s\S]{1,2}'/.exec(text)?.[0];
  const said = token ?? text.replace(/[,.\s]*"[\s\S]*$/, "").replace(/ in JSON\b/, "");
  return said.replace(/ \(line \d+ column \d+\)$/, "").slice(0, 120);
}

/** Half pairs are legal in JSON and in JavaScript, not in UTF-8: shown as the escape that was stored. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
}

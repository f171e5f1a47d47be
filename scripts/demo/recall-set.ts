/**
 * The recall set: 100 memories of each of six invented people, and questions with the memories that should be found.
 * Five hold notes as assistants write them, in five manners; the sixth what was said in long conversations. Written by
 * hand and split by a fixed rule: defaults are chosen on the one half and reported on both (docs/decisions/0016).
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const fileOf = (name: string) => fileURLToPath(new URL(`recall-set/${name}.jsonl`, import.meta.url));
export const RECALL_PEOPLE = ["aisha", "desmond", "mara", "noor", "tomasz", "yuki"] as const;

export interface RecallMemory {
  /** `category:number` */
  memory: string;
  content: string;
  importance: number;
}

export interface RecallQuestion {
  query: string;
  /** paraphrase, word, code, partial, vague, typo, long, dialogue */
  kind: string;
  expect: string[];
  half: "development" | "held out";
}

export interface RecallPerson {
  name: string;
  memories: RecallMemory[];
  questions: RecallQuestion[];
}

/** @throws Error when a question expects a memory that is not in the set */
export function readRecallSet(): RecallPerson[] {
  return RECALL_PEOPLE.map((name) => {
    const lines = readFileSync(fileOf(name), "utf8").trim().split("\n");
    const rows = lines.map((line) => JSON.parse(line) as Partial<RecallMemory & RecallQuestion>);
    const memories = rows.filter((row): row is RecallMemory => row.memory !== undefined);
    const questions = rows
      .filter((row): row is RecallQuestion => row.query !== undefined)
      .map((question) => ({ ...question, half: halfOf(name, question.query) }));
    const known = new Set(memories.map(({ memory }) => memory));
    for (const { query, expect } of questions) {
      if (expect.length === 0 || !expect.every((one) => known.has(one))) {
        throw new Error(`“${query}” expects what ${name} does not have`);
      }
    }
    return { name, memories, questions };
  });
}

/** Half of the questions, whatever is added or taken away. */
function halfOf(name: string, query: string): RecallQuestion["half"] {
  const digest = createHash("sha256").update(`${name}\n${query}`).digest();
  return digest[0]! % 2 === 0 ? "development" : "held out";
}

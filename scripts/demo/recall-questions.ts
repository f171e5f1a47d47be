/** The demo's own set of recall questions: what Alice's assistant is asked, in her words. */
import { importQuestions } from "../../lib/redis/evaluation/questions";
import { createSet, listSets } from "../../lib/redis/evaluation/sets";
import type { Store } from "../../lib/redis/store/store";

const NAME = "What Alice asks";

const QUESTIONS: [query: string, ...expect: string[]][] = [
  ["when should I book the dentist", "pref:001"],
  ["am I an early bird", "pref:001"],
  ["appointments", "pref:001"],
  ["how should you explain things to me", "pref:002"],
  ["examples please", "pref:002"],
  ["which day am I not in the office", "pref:003"],
  ["fridays", "pref:003"],
  ["what must the restaurant know", "personal:001"],
  ["can I eat prawns", "personal:001"],
  ["alergic to what", "personal:001"],
  ["what is my dog called", "personal:002"],
  ["Max", "personal:002"],
  ["how old are the children", "personal:003"],
  ["who is Bob", "personal:003", "work:003"],
  ["my husband's name", "personal:003"],
  ["how large is my team", "work:001"],
  ["spring conference", "work:002"],
  ["what am I getting ready to speak about on stage", "work:002"],
  ["who do I keep posted about projects", "work:003"],
  ["what do you know about my work week", "pref:003", "work:001"],
];

/** Once: a set of this name stays as it is. @returns how many questions were written */
export async function writeRecallQuestions(store: Store): Promise<number> {
  const { sets } = await listSets(store);
  if (sets.some(({ name }) => name === NAME)) return 0;
  const { id } = await createSet(store, { name: NAME, by: "demo" });
  const lines = QUESTIONS.map(([query, ...expect]) => JSON.stringify({ user: "alice", query, expect }));
  return (await importQuestions(store, { set: id, lines: lines.join("\n") })).added;
}

/** What the tests of recall tests share: one person's memories, embedded by hand, and questions about them. */
import { sealRef } from "../../refs";
import { createIndex, indexed, writeMemory } from "../recall/test-kit";
import type { Store } from "../store/store";
import { createSet } from "./sets";

export const ALICE = Buffer.from("alice");
export const ALICE_REF = sealRef("user", ALICE);

export const memoryRef = (name: string) => sealRef("memory", Buffer.from(name));

const MEMORIES = [
  ["pref:001", "prefers morning appointments before 10 AM"],
  ["pref:002", "likes detailed explanations with examples"],
  ["personal:001", "allergic to shellfish and nuts"],
  ["personal:002", "has a golden retriever named Max"],
] as const;

/** An index of 8 dimensions, which no model fits: words search, meaning does not. */
export async function writeAliceMemories(store: Store): Promise<void> {
  await createIndex(store);
  for (const [at, [name, content]] of MEMORIES.entries()) {
    const vector = Float32Array.from({ length: 8 }, (_, place) => (place === at ? 1 : 0.1));
    await writeMemory(store, "alice", name, content, vector);
  }
  await indexed(store);
}

export async function newSet(store: Store, name = "First set"): Promise<string> {
  return (await createSet(store, { name, by: "dora" })).id;
}

export const LINES = [
  { user: "alice", query: "what about nuts", expect: ["personal:001"] },
  { user: "alice", query: "the dog Max", expect: ["personal:002"] },
  { user: "alice", query: "appointments and explanations", expect: ["pref:001", "pref:002"] },
]
  .map((line) => JSON.stringify(line))
  .join("\n");

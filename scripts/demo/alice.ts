/**
 * Alice: the tutorial's own records word for word, but for the embeddings, which are made with the real model;
 * and the records that the tutorial deletes without ever writing them (`session_002`, `work:001` to `003`).
 */
import { memoryKey, sessionKey } from "../../lib/redis/keys";
import { type DemoMemory, type DemoSession, message } from "./people";
import { tutorialCommandsNamed } from "./tutorial";

const ALICE = Buffer.from("alice");
const TUTORIAL_TIME = 1_717_935_000;

export function aliceSessions(): DemoSession[] {
  const first = tutorialCommandsNamed("LPUSH");
  return [
    { key: first[0]![1]!, messages: first.map((words) => words[2]!), expireSeconds: null },
    {
      key: sessionKey(ALICE, Buffer.from("session_002")),
      messages: [
        message("human", "Can you find me a dentist appointment?", TUTORIAL_TIME + 90_000),
        message(
          "ai",
          "You prefer mornings before 10 AM. Thursday 8:45 AM is free, shall I note it?",
          TUTORIAL_TIME + 90_004,
        ),
        message(
          "human",
          "Yes please. And remind me about the shellfish when I book the restaurant.",
          TUTORIAL_TIME + 90_060,
        ),
        message(
          "ai",
          "Noted: Thursday 8:45 AM. I will mention your allergy to shellfish and nuts.",
          TUTORIAL_TIME + 90_065,
        ),
      ],
      expireSeconds: 86_400,
    },
  ];
}

const WORK = [
  ["leads the data platform team of six", 8],
  ["is preparing a talk about Redis for the spring conference", 7],
  ["shares project updates with Bob's team by email", 6],
] as const;

export function aliceMemories(): DemoMemory[] {
  const written = tutorialCommandsNamed("HSET").map((words): DemoMemory => {
    const field = (name: string) =>
      words[words.findIndex((word) => word.toString() === name) + 1]!.toString("utf8");
    return {
      key: words[1]!,
      userId: ALICE,
      content: field("content"),
      importance: Number(field("importance")),
      timestamp: Number(field("timestamp")),
    };
  });
  const work = WORK.map(
    ([content, importance], at): DemoMemory => ({
      key: memoryKey(ALICE, Buffer.from("work"), Buffer.from(`00${at + 1}`)),
      userId: ALICE,
      content,
      importance,
      timestamp: TUTORIAL_TIME + 90_000,
    }),
  );
  return [...written, ...work];
}

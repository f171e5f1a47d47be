import { expect, test } from "vitest";
import { ABOUT_FEED, ABOUT_SURVEY, aboutEverybody, aboutUser, concerns } from "./live-topics";

const change = (
  cls: "sessions" | "rate-limits" | "memories" | "disputed" | "feed" | "survey",
  userRef: string | null,
) => ({ class: cls, userRef }) as const;

test("a topic is concerned by its class of its person", () => {
  const topic = aboutUser("sessions", "ann");
  expect(concerns(topic, change("sessions", "ann"))).toBe(true);
  expect(concerns(topic, change("sessions", "bob"))).toBe(false);
  expect(concerns(topic, change("memories", "ann"))).toBe(false);
  expect(concerns(aboutUser("any", "ann"), change("memories", "ann"))).toBe(true);
  expect(concerns(aboutUser("any", "ann"), change("memories", "bob"))).toBe(false);
});

test("everybody's is concerned by anybody's", () => {
  expect(concerns(aboutEverybody("memories"), change("memories", "ann"))).toBe(true);
  expect(concerns(aboutEverybody("memories"), change("sessions", "ann"))).toBe(false);
  expect(concerns(aboutEverybody(), change("rate-limits", "ann"))).toBe(true);
});

test("a key in doubt may concern whatever a page shows of that person", () => {
  expect(concerns(aboutUser("sessions", "ann"), change("disputed", "ann"))).toBe(true);
  expect(concerns(aboutUser("sessions", "ann"), change("disputed", "bob"))).toBe(false);
  expect(concerns(aboutEverybody("memories"), change("disputed", "ann"))).toBe(true);
});

test("what is made of changes is told on its own, and nothing else is meant by it", () => {
  expect(concerns(ABOUT_FEED, change("feed", null))).toBe(true);
  expect(concerns(ABOUT_FEED, change("survey", null))).toBe(false);
  expect(concerns(ABOUT_FEED, change("sessions", "ann"))).toBe(false);
  expect(concerns(ABOUT_FEED, change("disputed", "ann"))).toBe(false);
  expect(concerns(ABOUT_SURVEY, change("survey", null))).toBe(true);
  expect(concerns(aboutEverybody(), change("feed", null))).toBe(false);
  expect(concerns(aboutEverybody(), change("survey", null))).toBe(false);
});

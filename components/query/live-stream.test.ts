import { expect, test } from "vitest";
import { createEventReader } from "./live-stream";

const TEXT = [
  'event: state\ndata: {"live":true,"why":null,"reason":null}\n\n',
  ":\n\n",
  'event: change\ndata: [{"class":"sessions","userRef":"é—x"}]\n\n',
  'event: resync\ndata: {"why":"many"}\n\n',
].join("");
const EVENTS = [
  { event: "state", data: { live: true, why: null, reason: null } },
  { event: "change", data: [{ class: "sessions", userRef: "é—x" }] },
  { event: "resync", data: { why: "many" } },
];

test("events are the same wherever the text is cut", () => {
  for (const size of [1, 2, 3, 7, 50, 10_000]) {
    const read = createEventReader();
    const events = [];
    for (let at = 0; at < TEXT.length; at += size) events.push(...read(TEXT.slice(at, at + size)));
    expect(events).toEqual(EVENTS);
  }
});

test("what is no event is left out", () => {
  const read = createEventReader();
  expect(read("data: {}\n\nevent: change\n\nretry: 10\n\n: comment\n\n")).toEqual([]);
});

import { expect, test } from "vitest";
import { type EventToSend, EventWriter } from "./event-writer";

const RESYNC: EventToSend = { event: "resync", data: { why: "behind" } };
const change = (n: number): EventToSend => ({ event: "change", data: [{ n }] });

function open() {
  const closed = { times: 0 };
  const writer = new EventWriter(
    () => [RESYNC],
    () => {
      closed.times += 1;
    },
  );
  const reader = writer.body.getReader();
  const next = async () => {
    const { value } = await reader.read();
    return value ? new TextDecoder().decode(value) : null;
  };
  return { writer, reader, next, closed };
}

test("an event is one block of text, whatever is in it", async () => {
  const { writer, next } = open();
  writer.send({ event: "change", data: ["a\nb\r\n\n", " "] });
  expect(await next()).toBe('event: change\ndata: ["a\\nb\\r\\n\\n"," "]\n\n');
  writer.beat();
  expect(await next()).toBe(":\n\n");
});

test("a reader that does not read costs a few kilobytes, and is told that it has missed something", async () => {
  const { writer, next } = open();
  for (let n = 0; n < 100_000; n++) writer.send(change(n));
  let kept = "";
  let last = "";
  while (!last.includes("resync")) {
    last = (await next())!;
    kept += last;
  }
  expect(kept.length).toBeLessThan(20_000);
  expect(kept.match(/event: resync/g)).toHaveLength(1);
  writer.send(change(7));
  expect(await next()).toContain('{"n":7}');
});

test("held back it says nothing; released it says that something was missed", async () => {
  const { writer, next } = open();
  writer.hold();
  writer.send(change(1));
  writer.release();
  expect(await next()).toContain("event: resync");
  writer.release();
  writer.send(change(2));
  expect(await next()).toContain('{"n":2}');
});

test("it ends once, whoever ends it", async () => {
  const byServer = open();
  byServer.writer.close();
  byServer.writer.close();
  byServer.writer.send(change(1));
  byServer.writer.beat();
  expect(await byServer.next()).toBeNull();
  expect(byServer.closed.times).toBe(1);

  const byReader = open();
  await byReader.reader.cancel();
  byReader.writer.send(change(1));
  byReader.writer.close();
  expect(byReader.closed.times).toBe(1);
});

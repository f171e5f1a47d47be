import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findDate } from "./find-date";
import { locateMessage } from "./locate-message";
import { readMessages } from "./read-messages";
import { id, key, message, testStores } from "./test-kit";

const open = testStores();
const write = (messages: readonly (string | Buffer)[]) => open.store.command("LPUSH", key, ...messages);

describe("findDate", () => {
  it("finds the first message of a time or later", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 120 }),
        fc.integer({ min: 0, max: 520 }),
        async (times, asked) => {
          times.sort((a, b) => a - b);
          await open.store.command("DEL", key);
          await write(times.map((time) => message("x", time)));
          const found = await findDate(open.store, { ...id, atMs: asked * 1_000 });
          const first = times.findIndex((time) => time >= asked);
          expect(found.about).toBe(false);
          expect(found.afterAll).toBe(first === -1);
          expect(found.position).toBe(first === -1 ? times.length - 1 : first);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("passes over messages without a time, and says about where times are out of order", async () => {
    await write(
      Array.from({ length: 400 }, (_, n) => (n % 3 === 0 ? message("x", 1_000 + n) : message("x"))),
    );
    expect(await findDate(open.store, { ...id, atMs: 1_200_000 })).toMatchObject({
      position: 201,
      about: false,
    });
    await open.store.command("DEL", key);
    await write(Array.from({ length: 400 }, (_, n) => message("x", 1_000 + ((n * 7) % 400))));
    expect((await findDate(open.store, { ...id, atMs: 1_200_000 })).about).toBe(true);
    await open.store.command("DEL", key);
    await write(["a", "b"]);
    expect(await findDate(open.store, { ...id, atMs: 5 })).toMatchObject({ position: null, about: false });
  });
});

describe("locateMessage", () => {
  it("finds what a trim has moved, and tells twins by what follows them", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 6, maxLength: 60 }),
        fc.nat(),
        fc.nat(20),
        fc.nat(10),
        async (list, seed, trim, push) => {
          await open.store.command("DEL", key);
          await write(list);
          const page = await readMessages(open.store, { ...id, limit: 100 });
          const at = seed % (list.length - 2);
          const marks = page.messages.slice(at, at + 3).map(({ mark }) => mark);
          const kept = Math.max(1, list.length - trim);
          await open.store.command("LTRIM", key, 0, kept - 1);
          if (push > 0) await write(Array(push).fill("new"));
          const { position } = await locateMessage(open.store, { ...id, position: at, marks });
          const left = [...list.slice(list.length - kept), ...Array(push).fill("new")];
          const stayed = at - (list.length - kept);
          if (position === null) expect(stayed).toBeLessThan(0);
          else
            expect(left.slice(position, position + 3)).toEqual(
              list.slice(at, at + 3).slice(0, left.length - position),
            );
        },
      ),
      { numRuns: 100 },
    );
  });

  const markOfNth = async (n: number) =>
    (await readMessages(open.store, { ...id, after: n - 1, limit: 1 })).messages[0]!.mark;

  it("finds it however far it was moved, and at higher places too", async () => {
    for (let at = 0; at < 20; at += 1) {
      await write(Array.from({ length: 1_000 }, (_, n) => `m${at * 1_000 + n}`));
    }
    const marks = [await markOfNth(19_000)];
    const look = (position: number, more = {}) =>
      locateMessage(open.store, { ...id, position, marks, budgetMs: 60_000, ...more });
    expect(await look(4)).toMatchObject({ position: 19_000 });
    await open.store.command("LTRIM", key, 0, 1_999);
    expect(await look(19_000)).toMatchObject({ position: 1_000 });
    expect(await look(19_000, { near: true })).toMatchObject({ position: null, everywhere: false });
  });

  it("says whether all of the list was looked at for what it did not find", async () => {
    for (let at = 0; at < 12; at += 1) await write(Array.from({ length: 1_000 }, (_, n) => `m${at}.${n}`));
    const look = (more = {}) =>
      locateMessage(open.store, {
        ...id,
        position: 11_000,
        marks: ["0".repeat(16)],
        budgetMs: 60_000,
        ...more,
      });
    expect(await look()).toEqual({ position: null, length: 12_000, everywhere: true });
    expect(await look({ near: true })).toMatchObject({ position: null, everywhere: false });
    expect(await look({ budgetMs: 0 })).toMatchObject({ position: null, everywhere: false });
  });

  it("looks at giants one by one", async () => {
    const giant = (letter: string) => letter.repeat(9_000_000);
    await write([giant("a"), giant("b"), giant("c"), giant("d"), "small"]);
    const marks = [await markOfNth(3)];
    expect(await locateMessage(open.store, { ...id, position: 4, marks, budgetMs: 60_000 })).toMatchObject({
      position: 3,
    });
  });

  it("says when it is gone", async () => {
    await write(["a", "b", "c", "d", "e"]);
    const { messages } = await readMessages(open.store, id);
    await open.store.command("LTRIM", key, 0, 1);
    expect(await locateMessage(open.store, { ...id, position: 0, marks: [messages[0]!.mark] })).toEqual({
      position: null,
      length: 2,
      everywhere: true,
    });
  });
});

/** Aliases and dropping: names that lead to an index, and what goes with it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testRedis } from "../../testing/redis";
import { toArray, toInt } from "../store/reply";
import { Store } from "../store/store";
import { adoptIndex } from "./adopt-index";
import { removeAlias, setAlias } from "./aliases";
import { createIndex } from "./create-index";
import { dropIndex } from "./drop-index";
import { readIndexes } from "./operations";
import { newIndex, remember, run, settled } from "./test-kit";

const redis = testRedis();
let store: Store;
const found = async (name: string) =>
  toInt(toArray(await run(store, ["FT.SEARCH", name, "*", "LIMIT", "0", "0", "DIALECT", "2"]))[0]);
const uses = async (name: string) =>
  (await readIndexes(store, store)).indexes.find((index) => index.name === name)?.uses;
const drop = (name: string, some: Partial<Parameters<typeof dropIndex>[2]> = {}) =>
  dropIndex(store, store, { name, confirm: name, inUse: false, handTo: null, ...some });

beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());
beforeEach(async () => {
  await redis.flush();
  await remember(store, "alice", 20);
  await createIndex(store, store, newIndex("idx:one", 8));
  await createIndex(store, store, newIndex("idx:two", 8, "safer"));
  await settled(store);
});

describe("aliases", () => {
  test("made, turned to another index, taken away; this server cannot list them, so the console remembers", async () => {
    await setAlias(store, store, { alias: "recall", to: "idx:one", from: null });
    expect(await uses("idx:one")).toEqual({ adopted: true, configured: null, aliases: ["recall"] });
    await setAlias(store, store, { alias: "recall", to: "idx:two", from: "idx:one" });
    expect((await uses("idx:one"))?.aliases).toEqual([]);
    expect((await uses("idx:two"))?.aliases).toEqual(["recall"]);
    expect((await readIndexes(store, store)).aliasesListed).toBe(false);
    await removeAlias(store, store, { alias: "recall", from: "idx:two" });
    await expect(found("recall")).rejects.toThrow();
    expect((await uses("idx:two"))?.aliases).toEqual([]);
  });

  test("MEMORY_INDEX as an alias is known without being told", async () => {
    await run(store, ["FT.ALIASADD", "idx:preferences", "idx:two"]);
    expect(await uses("idx:two")).toEqual({
      adopted: false,
      configured: "alias",
      aliases: ["idx:preferences"],
    });
  });

  test("what changed meanwhile is not overwritten", async () => {
    await setAlias(store, store, { alias: "recall", to: "idx:one", from: null });
    await expect(
      setAlias(store, store, { alias: "recall", to: "idx:two", from: null }),
    ).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(removeAlias(store, store, { alias: "recall", from: "idx:two" })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(
      setAlias(store, store, { alias: "idx:two", to: "idx:one", from: "idx:two" }),
    ).rejects.toMatchObject({ code: "conflict", details: { field: "alias" } });
    await expect(setAlias(store, store, { alias: "x", to: "recall", from: null })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("dropping", () => {
  test("takes the index and no document", async () => {
    await drop("idx:two");
    expect((await readIndexes(store, store)).indexes.map(({ name }) => name)).toEqual(["idx:one"]);
    expect(toInt(await store.command("DBSIZE"))).toBeGreaterThanOrEqual(20);
    expect(toInt(await store.command("EXISTS", "user:alice:pref:1"))).toBe(1);
  });

  test("only by its own name, typed: an alias would take away what it leads to", async () => {
    await setAlias(store, store, { alias: "recall", to: "idx:two", from: null });
    await expect(drop("recall", { inUse: true })).rejects.toMatchObject({ code: "not_found" });
    await expect(drop("idx:two", { confirm: "idx:tw" })).rejects.toMatchObject({
      details: { field: "confirm" },
    });
    await expect(drop("idx:none")).rejects.toMatchObject({ code: "not_found" });
    expect(await found("idx:two")).toBe(20);
  });

  test("in use only when that is said, whoever uses it", async () => {
    await setAlias(store, store, { alias: "recall", to: "idx:two", from: null });
    for (const name of ["idx:one", "idx:two"]) {
      await expect(drop(name)).rejects.toMatchObject({ code: "conflict" });
    }
    await drop("idx:one", { inUse: true });
    expect(await readIndexes(store, store)).toMatchObject({
      missingAdopted: null,
      active: { name: "idx:two" },
    });
  });

  test("its name and its aliases handed on: whoever searches by them goes on finding", async () => {
    await adoptIndex(store, store, { name: "idx:one" });
    await setAlias(store, store, { alias: "recall", to: "idx:one", from: null });
    let fewest = Number.POSITIVE_INFINITY;
    let looks = 0;
    let stop = false;
    const looking = (async () => {
      while (!stop) {
        for (const name of ["idx:one", "recall"]) {
          fewest = Math.min(fewest, await found(name));
          looks += 1;
        }
      }
    })();
    await drop("idx:one", { inUse: true, handTo: "idx:two" });
    stop = true;
    await looking;
    expect(looks).toBeGreaterThan(0);
    expect(fewest).toBe(20);
    expect(await uses("idx:two")).toEqual({
      adopted: true,
      configured: null,
      aliases: ["idx:one", "recall"],
    });
    expect((await readIndexes(store, store)).active).toEqual({ name: "idx:two", chosenBy: "adopted" });
  });

  test("is not handed on to itself, nor to what is not there", async () => {
    for (const handTo of ["idx:one", "gone"]) {
      await expect(drop("idx:one", { inUse: true, handTo })).rejects.toMatchObject({ code: "not_found" });
    }
    expect(await found("idx:one")).toBe(20);
  });
});

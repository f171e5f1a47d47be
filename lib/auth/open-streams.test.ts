import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeEach, expect, test } from "vitest";
import { setOperatorDisabled, setOperatorRole } from "../redis/sign-in/operator-changes";
import { createOperator } from "../redis/sign-in/operators";
import { createSession, revokeSession } from "../redis/sign-in/sessions";
import { stillAdmitted } from "../redis/sign-in/still-admitted";
import { Store } from "../redis/store/store";
import { testRedis } from "../testing/redis";
import { type OpenStream, OpenStreams } from "./open-streams";
import { may, type Permission } from "./permissions";

const redis = testRedis({ queryEngine: false });
let store: Store;
let streams: OpenStreams;
/** How often Redis was asked. */
let looks = 0;

beforeEach(async () => {
  store ??= new Store(redis.url());
  await redis.flush();
  looks = 0;
  streams = new OpenStreams((open) => {
    looks += 1;
    return stillAdmitted(store, open);
  });
});
afterAll(() => store.close());

async function opened(name: string, permission: Permission = "browse") {
  const operator = await createOperator(store, { name, role: "admin", password: null, via: "password" });
  const { session } = await createSession(store, { operatorId: operator.id, via: "password", agent: "" });
  const said: string[] = [];
  const stream: OpenStream = {
    digest: session.digest,
    operatorId: operator.id,
    mayListen: ({ role }) => may(role, permission),
    hold: () => said.push("hold"),
    release: () => said.push("release"),
    beat: () => said.push("beat"),
    close: () => {
      said.push("close");
      streams.remove(stream);
    },
  };
  streams.add(stream);
  const isClosed = () => said.includes("close");
  return { operator, session, stream, said, isClosed };
}

/** @returns ms until it was so */
async function within(ms: number, condition: () => boolean): Promise<number> {
  const startedAt = performance.now();
  while (!condition()) {
    if (performance.now() - startedAt > ms) throw new Error(`it did not happen within ${ms} ms`);
    await sleep(10);
  }
  return performance.now() - startedAt;
}

test("streams end within 2 s when the session is revoked, the operator disabled or no longer allowed; others go on", async () => {
  const [revoked, disabled, demoted, stays] = [
    await opened("Ada"),
    await opened("Bea"),
    await opened("Cleo", "operators"),
    await opened("Dora", "operators"),
  ];
  await sleep(1_200);
  expect([revoked, disabled, demoted, stays].some(({ isClosed }) => isClosed())).toBe(false);
  await revokeSession(store, revoked.operator.id, revoked.session.digest);
  await setOperatorDisabled(store, disabled.operator.id, true);
  await setOperatorRole(store, demoted.operator.id, "support");
  await within(2_000, () => revoked.isClosed() && disabled.isClosed() && demoted.isClosed());
  expect(stays.isClosed()).toBe(false);
  stays.stream.close();
});

test("all streams are one look, which does not keep a session from ending", async () => {
  const many = await Promise.all(Array.from({ length: 30 }, (_, at) => opened(`Operator ${at}`)));
  const seen = await store.command("HGETALL", `console:sign-in:session:${many[0]!.session.digest}`);
  await sleep(2_300);
  expect(looks).toBeGreaterThanOrEqual(1);
  expect(looks).toBeLessThanOrEqual(3);
  expect(await store.command("HGETALL", `console:sign-in:session:${many[0]!.session.digest}`)).toEqual(seen);
  streams.closeAll();
  expect(streams.size).toBe(0);
  expect(streams.isOver).toBe(true);
  const before = looks;
  await sleep(1_200);
  expect(looks).toBe(before);
});

test("while nobody can say who may listen they are held, and go on when somebody can", async () => {
  const one = await opened("Ada");
  await redis.server().stop();
  await within(5_000, () => one.said.includes("hold"));
  expect(one.isClosed()).toBe(false);
  await redis.server().start();
  // Nothing was kept: the session is gone with its Redis.
  await within(8_000, () => one.isClosed());
});

test("an operator has at most twenty", async () => {
  const one = await opened("Ada");
  for (let at = 0; at < 18; at++) streams.add({ ...one.stream });
  expect(streams.hasRoomFor(one.operator.id)).toBe(true);
  streams.add({ ...one.stream });
  expect(streams.hasRoomFor(one.operator.id)).toBe(false);
  expect(streams.hasRoomFor("somebody else")).toBe(true);
  one.stream.close();
  expect(streams.hasRoomFor(one.operator.id)).toBe(true);
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { testRedis } from "../../testing/redis";
import { memoryKey } from "../keys";
import { Store } from "../store/store";
import { Changes } from "./changes";
import { claimKeys } from "./claims";
import { Surveyor } from "./survey";

/** A Redis user with rights over the keys of people, and some rights missing. */
const redis = testRedis();
let admin: Store;
let reader: Store;
const ALICE = Buffer.from("alice");
const KEY = memoryKey(ALICE, Buffer.from("pref"), Buffer.from("001"));

const READ =
  "+ping +scan +type +ttl +pttl +exists +lindex +lrange +llen +hget +hmget +hgetall +hlen +hstrlen +hpttl";

async function reading(rights: string): Promise<void> {
  await admin.command(
    "ACL",
    "SETUSER",
    "reader",
    "reset",
    "on",
    ">pw",
    "resetchannels",
    "%R~user:*",
    "-@all",
  );
  await admin.command("ACL", "SETUSER", "reader", ...rights.split(" "));
}

beforeAll(async () => {
  admin = new Store(redis.url());
  await reading(`${READ} +memory|usage`);
  reader = new Store(redis.url().replace("redis://", "redis://reader:pw@"));
  await admin.command("HSET", KEY, "user_id", ALICE, "content", "likes tea", "importance", 7);
  await admin.command("SET", "somebody:else", "not to be looked at");
});
afterAll(() => {
  admin.close();
  reader.close();
});

test("keys that this user may not look at are counted, and stop no survey", async () => {
  const surveyor = new Surveyor(reader, admin, new Changes(admin));
  try {
    await surveyor.look();
    const { survey, status } = await surveyor.settled();
    expect(status.failure).toBeNull();
    expect(survey?.tally.classes.memories.keys).toBe(1);
    expect(survey?.tally.classes.other.keys).toBeGreaterThanOrEqual(1);
  } finally {
    surveyor.stop();
  }
});

test("a refused look at user_id is no “without user_id”: nobody is told the key is plainly theirs", async () => {
  await reading(READ.replace(" +hget ", " "));
  await expect(claimKeys(reader, [KEY])).rejects.toThrow(/NOPERM/);
});

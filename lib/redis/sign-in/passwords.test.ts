import { describe, expect, it } from "vitest";
import { requireGoodPassword } from "./password-rules";
import { hashPassword, randomPassword, verifyPassword } from "./passwords";

const refused = (password: string, name = "Grace") =>
  requireGoodPassword(password, name).then(
    () => null,
    (error: Error) => error.message,
  );

describe("which passwords are taken", () => {
  it.each([
    "correct horse battery staple",
    "tulips-umbrella-9-arctic",
    "パスワードではありませんよね本当に",
    "        fourteen and more",
    "password crocodile 12",
  ])("takes %j", async (password) => {
    expect(await refused(password)).toBeNull();
  });

  it.each([
    ["short", "at least 15"],
    ["👩‍🚀👩‍🚀", "at least 15"],
    ["x".repeat(257), "at most 256"],
    ["aaaaaaaaaaaaaaaaaa", "tried first"],
    ["password12345678", "tried first"],
    ["PassWord!!!!!!!!!", "tried first"],
    ["ｐａｓｓｗｏｒｄ12345678", "tried first"],
    ["1234567 password", "tried first"],
    ["passwordpassword", "tried first"],
    ["letmeinletmeinlet", "tried first"],
    ["letmein-letmein-letmein", "tried first"],
    ["trustno1trustno1trustno1", "tried first"],
    ["123456789012345678", "tried first"],
    ["abcdefghijklmnopq", "tried first"],
    ["qwertyuiop1234567890", "tried first"],
    ["the MEMORY-console password", "name of this console"],
    ["my name is grace and", "operator's name"],
    ["half \ud800 of a character", "half a character"],
  ])("refuses %j: %s", async (password, why) => {
    expect(await refused(password)).toContain(why);
  });

  it("counts characters, not units", async () => {
    expect(await refused("🐘🦒🐊🦔🐙🦚🐋🐝🦉🐢🦜🐞🦩🐌")).toContain("at least 15");
    expect(await refused("🐘🦒🐊🦔🐙🦚🐋🐝🦉🐢🦜🐞🦩🐌🦭")).toBeNull();
  });

  it("lets a name of one or two letters occur", async () => {
    expect(await refused("tulips-umbrella-arctic", "Al")).toBeNull();
  });
});

describe("hashing", () => {
  it("is argon2id at OWASP's cost, salted", async () => {
    const [one, two] = await Promise.all([
      hashPassword("one and the same"),
      hashPassword("one and the same"),
    ]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
  });

  it("knows the password, in every encoding of its accents, and nothing else", async () => {
    const stored = await hashPassword("crème brûlée for fifteen");
    expect(await verifyPassword(stored, "crème brûlée for fifteen".normalize("NFD"))).toBe(true);
    expect(await verifyPassword(stored, "creme brulee for fifteen")).toBe(false);
    expect(await verifyPassword(stored, "")).toBe(false);
  });

  it("never lets anybody in without a stored password", async () => {
    expect(await verifyPassword(null, "")).toBe(false);
    expect(await verifyPassword(null, "whatever it may be")).toBe(false);
  });

  it("does not cut what is too long to the right password", async () => {
    const long = "🐘".repeat(256);
    const stored = await hashPassword(long);
    expect(await verifyPassword(stored, long)).toBe(true);
    expect(await verifyPassword(stored, `${long}x`)).toBe(false);
  });

  it("turns away what does not fit in the queue, and goes on with the rest", async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 80 }, () => verifyPassword(null, "many at a time")),
    );
    const turnedAway = answers.filter(({ status }) => status === "rejected");
    expect(turnedAway.length).toBe(80 - 2 - 64);
    expect(turnedAway[0]).toMatchObject({ reason: { code: "too_many_requests" } });
    expect(await verifyPassword(null, "and one more")).toBe(false);
  });
});

it("makes up passwords that are readable, random and good", async () => {
  const made = Array.from({ length: 200 }, () => randomPassword("admin"));
  expect(new Set(made).size).toBe(200);
  for (const password of made) expect(password).toMatch(/^[2-9a-hjkmnp-z]{6}(-[2-9a-hjkmnp-z]{6}){3}$/);
  await Promise.all(made.map((password) => requireGoodPassword(password, "admin")));
});

it("makes up no password that would be refused for the name in it", () => {
  const made = Array.from({ length: 20_000 }, () => randomPassword("Ad-A"));
  expect(made.filter((password) => password.replaceAll("-", "").includes("ada"))).toEqual([]);
});

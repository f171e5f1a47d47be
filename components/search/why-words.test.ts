import { expect, test } from "vitest";
import { reasonWords } from "./why-words";

test("a vector that is none: what it is, what comes of it, and where it is mended", () => {
  expect(reasonWords({ kind: "vector-unfit", form: "nan", findable: false })).toEqual({
    title: "Its vector holds numbers that are not finite",
    body: "No distance to it can be told, so no question finds it by meaning. The vector doctor mends it, or embeds its text again.",
    mend: "doctor",
  });
  const swapped = reasonWords({ kind: "vector-unfit", form: "big-endian", findable: true });
  expect(swapped.body).toContain("for the wrong questions. The vector doctor turns the bytes round.");
  const wide = { kind: "vector-length", bytes: 4_096, wantedBytes: 2_048, dimensions: 512 } as const;
  expect(reasonWords({ ...wide, form: "float64" }).body).toMatch(
    /^Its numbers are 64 bits wide\. 512 numbers/,
  );
  expect(reasonWords(wide).body).toMatch(/^512 numbers belong there/);
});

test("a time in milliseconds names its day and its cure, and no year 58864", () => {
  const reason = {
    kind: "filtered-out",
    clause: "time",
    value: 1_717_935_000_000,
    min: null,
    max: 1_800_000_000,
    milliseconds: true,
  } as const;
  const { body, mend } = reasonWords(reason);
  expect(body).toContain("is in milliseconds, and means Sun 9 Jun 2024.");
  expect(body).toContain("“Make its timestamp seconds” mends it.");
  expect(mend).toBe("memory");
  expect(reasonWords({ ...reason, value: null }).body).toMatch(
    /^Its timestamp is in milliseconds\. Searches/,
  );
});

test("a word that looks the same is told with what parts them", () => {
  const words = ["don"];
  const inside = { word: "don", token: "don’t", how: "inside" } as const;
  expect(reasonWords({ kind: "no-word-in-common", words, near: inside }).body).toContain(
    "“don” stands inside of “don’t”",
  );
  expect(reasonWords({ kind: "no-word-in-common", words }).body).toBe(
    "Looked for: don. Other forms of them were looked for too.",
  );
});

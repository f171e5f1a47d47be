import "server-only";
import { guardedDownload, guardedRead } from "../../auth/guard";
import { SafeError } from "../../errors";
import { compareSides } from "./compare";
import { maskComparison, maskSetDetail, maskSetList } from "./mask";
import { exportQuestions } from "./questions";
import { compareInput, noInput, setInput, setPageInput } from "./schema";
import { listSets, readSet } from "./sets";

/** Says how many questions the file has. */
const QUESTIONS_HEADER = "X-Recall-Questions";

export const readRecallSets = guardedRead({
  name: "evaluation.list",
  permission: "browse",
  input: noInput,
  run: ({ console }) => listSets(console),
  mask: maskSetList,
});

export const readRecallSet = guardedRead({
  name: "evaluation.read",
  permission: "browse",
  input: setPageInput,
  run: ({ store, console }, input) => readSet(store, console, input),
  mask: maskSetDetail,
});

export const readRecallComparison = guardedRead({
  name: "evaluation.compare",
  permission: "browse",
  input: compareInput,
  run: ({ store, console }, { set, ...sides }) =>
    compareSides(store, console, {
      set,
      first: { run: sides.firstRun, setting: sides.firstSetting },
      second: { run: sides.secondRun, setting: sides.secondSetting },
    }),
  mask: maskComparison,
});

/** A file holds everything or is none: while pages are masked it is refused, before anything is written down. */
export const downloadRecallSet = guardedDownload({
  name: "evaluation.export",
  permission: "evaluation.edit",
  input: setInput,
  check: ({ masked }) => {
    if (!masked) return;
    throw new SafeError("forbidden", "Your pages are masked, and a file cannot be.", {
      hint: "Switch the mask off first.",
    });
  },
  run: async ({ console }, input) => {
    const { lines, count } = await exportQuestions(console, input);
    return new Response(lines, {
      headers: {
        "Content-Type": "application/x-ndjson; charset=utf-8",
        "Content-Disposition": 'attachment; filename="recall-questions.jsonl"',
        "Cache-Control": "no-store",
        [QUESTIONS_HEADER]: String(count),
      },
    });
  },
  counts: ({ headers }) => ({ questions: Number(headers.get(QUESTIONS_HEADER)) }),
  mask: "impersonal",
});

/** Recall tests for those who may not see personal data: how good recall is, and of whom, but not what was asked. */
import { type Masker, maskName, maskText } from "../../masking";
import { openRef } from "../../refs";
import type { Compared, Comparison, ExpectedMemory, QuestionDto, SetDetail, SetHead, SetList } from "./types";

export function maskSetList({ sets }: SetList): SetList {
  return {
    sets: sets.map((set) => ({
      ...maskHead(set),
      lastRun: set.lastRun,
    })),
  };
}

/** An operator may have named a set after somebody. */
function maskHead({ id, name, createdAtMs, createdBy, questions, people }: Omit<SetHead, "lastRun">) {
  return { id, name: maskText(name), createdAtMs, createdBy, questions, people };
}

export function maskSetDetail(set: SetDetail, masker: Masker): SetDetail {
  return {
    ...maskHead(set),
    page: set.page,
    pages: set.pages,
    shown: set.shown.map((question) => maskQuestion(question, masker)),
    // Names of settings, numbers and random names.
    runs: set.runs,
    job: set.job,
  };
}

export function maskComparison({ better, worse, same, left }: Comparison, masker: Masker): Comparison {
  const side = ({ question, first, second }: Compared): Compared => {
    return { question: maskQuestion(question, masker), first, second };
  };
  return { better: better.map(side), worse: worse.map(side), same, left };
}

function maskQuestion(question: QuestionDto, masker: Masker): QuestionDto {
  if (!masker.hides(question.userRef)) return question;
  const owner = openRef("user", question.userRef);
  return {
    id: question.id,
    userRef: question.userRef,
    userLabel: masker.label(question.userRef),
    query: maskText(question.query),
    expected: question.expected.map(
      ({ memoryRef, category, number, content }): ExpectedMemory => ({
        memoryRef,
        category: maskName(category, owner),
        number: maskName(number, owner),
        content: content === null ? null : maskText(content),
      }),
    ),
    masked: true,
  };
}

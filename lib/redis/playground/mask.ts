/** The playground for an operator whose screen is masked: that it works, how long it took, how much; no word of it. */
import type { z } from "zod";
import { MASK, type Masker, maskName, maskText } from "../../masking";
import { openRef } from "../../refs";
import type { SearchHit } from "../recall/types";
import type { rememberInput, sendInput } from "./schema";
import type {
  PlaygroundCommand,
  PlaygroundRun,
  PlaygroundState,
  PlaygroundStep,
  PromptMessage,
  RememberResult,
  RememberStep,
  ReplyResult,
  TurnResult,
} from "./types";

type Of = Pick<z.output<typeof sendInput> | z.output<typeof rememberInput>, "user">;

export function maskState(state: PlaygroundState, masker: Masker): PlaygroundState {
  const { chat, embedder, person, run, messages } = state;
  return {
    ...{ chat, embedder },
    person: person && { ref: person.ref, label: masker.label(person.ref) },
    run: run && maskRun(run, masker),
    messages: messages.map(({ position, kind, text }) => ({
      ...{ position, kind, text: kind === "other" ? MASK : maskText(text), timestampMs: null },
      masked: true,
    })),
    masked: true,
  };
}

export function maskRun(run: PlaygroundRun, masker: Masker): PlaygroundRun {
  const { userRef, throwAway, startedAtMs, untilMs, by, keptKeys, sessionRef } = run;
  const label = masker.label(userRef);
  return { userRef, label, throwAway, startedAtMs, untilMs, by, keptKeys, sessionRef };
}

export function maskTurn(result: TurnResult, masker: Masker, _: Of): TurnResult {
  const steps = result.steps.map((step) => maskStep(step, masker));
  return { outcome: result.outcome, steps, masked: true };
}

export function maskReply(result: ReplyResult, masker: Masker, _: Of): ReplyResult {
  const steps = result.steps.map((step) => maskStep(step, masker));
  const text = result.text === null ? null : maskText(result.text);
  return { outcome: result.outcome, text, steps, masked: true };
}

export function maskRemember({ step }: RememberResult, _: Masker, { user }: Of): RememberResult {
  return { step: maskRememberStep(step, openRef("user", user)), masked: true };
}

function maskStep(step: PlaygroundStep, masker: Masker): PlaygroundStep {
  const { ms } = step;
  const commands = step.commands.map(maskCommand);
  switch (step.kind) {
    case "limit":
      return { kind: step.kind, ms, commands, hit: step.hit };
    case "append":
      return { kind: step.kind, ms, commands, type: step.type, length: step.length, ttlMs: step.ttlMs };
    case "history":
      return { kind: step.kind, ms, commands, read: step.read, odd: step.odd };
    case "recall": {
      const { basis, foreignHits, embedMs, failure } = step;
      return {
        ...{ kind: step.kind, ms, commands, basis, foreignHits, embedMs },
        hits: step.hits.map((hit) => maskHit(hit, masker)),
        notices: [],
        failure: failure && { message: failure.message },
      };
    }
    case "prompt":
      return { kind: step.kind, ms, commands, prompt: maskPrompt(step.prompt), chars: 0 };
    case "reply": {
      const { by, model, text, failure } = step;
      return {
        ...{ kind: step.kind, ms, commands, by, model },
        text: text === null ? null : maskText(text),
        failure: failure && { message: failure.message },
      };
    }
    case "remember":
      return { ...maskRememberStep(step, null), ms };
  }
}

function maskRememberStep(step: RememberStep, owner: Buffer | null): RememberStep {
  const { ms, commands, importance, model, dimensions, embedMs, lifeSeconds, cut } = step;
  return {
    ...{ kind: step.kind, ms, commands: commands.map(maskCommand), importance, model, dimensions },
    ...{ embedMs, lifeSeconds, cut },
    category: maskName(step.category, owner),
    number: maskName(step.number, owner),
  };
}

function maskHit(hit: SearchHit, masker: Masker): SearchHit {
  const { userRef, memoryRef, contentCut, textRank, vectorRank } = hit;
  const owner = openRef("user", userRef);
  return {
    ...{ userRef, memoryRef, contentCut, textRank, vectorRank, userLabel: masker.label(userRef) },
    ...{ category: maskName(hit.category, owner), number: maskName(hit.number, owner) },
    ...{ content: maskText(hit.content), matches: [], importance: null, timestamp: null },
    ...{ textScore: null, fusedScore: null, terms: null, score: null, distance: null, similarity: null },
    masked: true,
  };
}

/** The commands by their names: whatever follows may be a word of the person's. */
function maskCommand({ text, ms, times }: PlaygroundCommand): PlaygroundCommand {
  const names = text.split("\n").map((line) => /^[A-Z]+(\.[A-Z]+)?/.exec(line)?.[0] ?? MASK);
  const shown = names.map((name) => (name === "MULTI" || name === "EXEC" ? name : `${name} ‹…›`));
  return { text: shown.join("\n"), ms, times };
}

function maskPrompt(prompt: readonly PromptMessage[]): PromptMessage[] {
  return prompt.map(({ role, content }) => ({ role, content: maskText(content) }));
}

/** What the playground's tests share. */
import { openRef } from "../../refs";
import { subjectOf } from "../../subjects";
import type { Store } from "../store/store";
import { PLAYGROUND_DEFAULTS } from "./rules";
import { startRun } from "./start";
import { takeTurn } from "./turn";
import type { PlaygroundStep } from "./types";

export const SETTINGS = PLAYGROUND_DEFAULTS;

/** Begins a run; of a real person by naming them. */
export async function begin(store: Store, id: string | null = null) {
  const userId = id === null ? null : Buffer.from(id);
  const run = await startRun(store, store, { userId, confirm: id ?? undefined, by: "Dev" });
  const who = openRef("user", run.userRef);
  return { run, userId: who, subject: subjectOf(who) };
}

export const say = (store: Store, userId: Buffer, message: string, changes: object = {}) =>
  takeTurn(store, store, { userId, message, settings: { ...SETTINGS, ...changes } });

/** The step of this kind. */
export function stepOf<Kind extends PlaygroundStep["kind"]>(
  { steps }: { steps: PlaygroundStep[] },
  kind: Kind,
): Extract<PlaygroundStep, { kind: Kind }> {
  const step = steps.find((one) => one.kind === kind);
  if (!step) throw new Error(`there was no step ${kind}`);
  return step as Extract<PlaygroundStep, { kind: Kind }>;
}

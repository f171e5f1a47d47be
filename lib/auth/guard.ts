import "server-only";

/**
 * The one door to every operation: own host → exact Origin → session → permission → fresh sign-in → zod → intent
 * in the audit log → run → mask → outcome in the audit log. Server actions, route handlers and the prefetch of
 * pages all pass it; a page's own check protects nothing, and proxy.ts guards nothing.
 */
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { type ErrorDto, type Result, SafeError } from "../errors";
import { createMasker } from "../masking";
import { auditChain } from "../redis/audit-chain/chain";
import { assistantStore, consoleState } from "../redis/client";
import type { Admission } from "../redis/sign-in/admit";
import { readOperator } from "../redis/sign-in/operators";
import { FRESH_MS } from "../redis/sign-in/types";
import { subjectOf } from "../subjects";
import type {
  ActionDefinition,
  Definition,
  GuardContext,
  GuardedAction,
  GuardedRead,
  Raw,
} from "./definition";
import { describeFailure, invalidInput, isNextSignal } from "./failures";
import { may } from "./permissions";
import { admitRequest, requestAddress, requireOwnRequest } from "./request";
import {
  type Actor,
  ANONYMOUS,
  type Deed,
  draftOf,
  type Ending,
  outcomeOf,
  recordEnding,
  recordRefusal,
} from "./trail";

/** A read: changes nothing, may be retried. Refusals are audited, answers are not. */
export function guardedRead<Input extends z.ZodType, Output>(
  definition: Definition<Input, Output>,
): GuardedRead<z.input<Input>, Output> {
  return (raw, options) =>
    pass(definition, "read", options?.exactOrigin ?? false, async (guarded) => {
      const { context, input } = guarded.parse(raw);
      return masked(definition, context, input, await definition.run(context, input));
    });
}

/** A server action: audited before and after, and a lost answer is called by its name. */
export function guardedAction<Input extends z.ZodType, Output>(
  definition: ActionDefinition<Input, Output>,
): GuardedAction<z.input<Input>, Output> {
  // Of what the wire brings only the first argument is taken.
  return (raw) =>
    pass(definition, "write", true, async (guarded) => {
      const { context, input } = guarded.parse(raw);
      return audited(definition, context, input, guarded);
    });
}

/** A download by GET: audited like a write, because data leaves the console with it. */
export function guardedDownload<Input extends z.ZodType>(
  definition: ActionDefinition<Input, Response>,
): GuardedRead<z.input<Input>, Response> {
  return (raw) =>
    pass(definition, "write", false, async (guarded) => {
      const { context, input } = guarded.parse(raw);
      return audited(definition, context, input, guarded);
    });
}

interface Passing<Input extends z.ZodType> {
  actor: Actor;
  deed: Deed;
  /** Set once a command that changes something may have gone out. */
  sent: boolean;
  /** How the deed failed, once that is written down. */
  failure: ErrorDto | null;
  parse: (raw: unknown) => { context: GuardContext; input: Raw<Input> };
}

async function pass<Input extends z.ZodType, Output>(
  definition: ActionDefinition<Input, Output>,
  kind: "read" | "write",
  exactOrigin: boolean,
  body: (guarded: Passing<Input>) => Promise<Output>,
): Promise<Result<Output>> {
  const requestId = randomUUID();
  const guarded: Passing<Input> = {
    actor: ANONYMOUS,
    deed: { name: definition.name, requestId, subject: null },
    sent: false,
    failure: null,
    parse: () => {
      throw new TypeError("parsed before admission");
    },
  };
  try {
    await requireOwnRequest(exactOrigin);
    const admission = await admitRequest(kind);
    if (!admission) {
      throw new SafeError("signed_out", "Nobody is signed in here, or the session has ended.", {
        hint: "Sign in and go on.",
      });
    }
    guarded.actor = { id: admission.operator.id, role: admission.operator.role };
    requirePermission(definition, admission);
    guarded.parse = (raw) => parseInput(definition, admission, guarded, raw);
    return { ok: true, data: await body(guarded) };
  } catch (error) {
    if (isNextSignal(error)) throw error;
    if (guarded.failure) return { ok: false, error: guarded.failure };
    const dto = describeFailure(error, guarded.sent, requestId);
    await recordIfRefused(kind, guarded, dto);
    return { ok: false, error: dto };
  }
}

function requirePermission<Input extends z.ZodType, Output>(
  definition: Definition<Input, Output>,
  { operator, session }: Admission,
): void {
  if (!may(operator.role, definition.permission)) {
    throw new SafeError("forbidden", "Your role does not allow this.", {
      hint: `It needs the right “${definition.permission}”. Ask an administrator.`,
    });
  }
  if (definition.fresh && Date.now() - session.authenticatedAtMs > FRESH_MS) {
    throw new SafeError("sign_in_again", "This asks you to sign in again first.", {
      hint: `It is allowed for ${FRESH_MS / 60_000} minutes after a sign-in.`,
    });
  }
}

function parseInput<Input extends z.ZodType, Output>(
  definition: ActionDefinition<Input, Output>,
  admission: Admission,
  guarded: Passing<Input>,
  raw: unknown,
): { context: GuardContext; input: Raw<Input> } {
  const parsed = definition.input.safeParse(raw);
  if (!parsed.success) throw invalidInput(parsed.error);
  const userId = definition.subject?.(parsed.data) ?? null;
  const subject = userId ? subjectOf(userId) : null;
  guarded.deed = { ...guarded.deed, subject };
  const consoleStore = consoleState();
  const { operator, session, revealed } = admission;
  const context: GuardContext = {
    store: assistantStore(),
    console: consoleStore,
    operator,
    session,
    revealed,
    masked: session.masked || !may(operator.role, "personal"),
    requestId: guarded.deed.requestId,
    subject,
    audit: auditChain(consoleStore),
    stillAllowed: async () => {
      const now = await readOperator(consoleStore, operator.id);
      return now !== null && !now.disabled && may(now.role, definition.permission);
    },
  };
  definition.check?.(context, parsed.data);
  guarded.deed = { ...guarded.deed, ...definition.grounds?.(parsed.data) };
  return { context, input: parsed.data };
}

function masked<Input extends z.ZodType, Output>(
  { mask }: Definition<Input, Output>,
  { masked, revealed, subject }: GuardContext,
  input: Raw<Input>,
  output: Output,
): Output {
  if (!masked || mask === "impersonal" || (subject !== null && revealed.has(subject))) return output;
  return mask(
    output,
    createMasker((other) => revealed.has(other)),
    input,
  );
}

/** Intent first, acknowledged; then the deed; then how it ended. What cannot be written down is not done. */
async function audited<Input extends z.ZodType, Output>(
  definition: ActionDefinition<Input, Output>,
  context: GuardContext,
  input: Raw<Input>,
  guarded: Passing<Input>,
): Promise<Output> {
  const { audit } = context;
  const { actor, deed } = guarded;
  const ended = (ending: Ending) => recordEnding(audit, draftOf(actor, deed, ending));
  await audit.append(draftOf(actor, deed, { outcome: "intent" }));
  guarded.sent = true;
  let output: Output;
  try {
    output = await definition.run(context, input);
  } catch (error) {
    if (!isNextSignal(error)) {
      const dto = describeFailure(error, true, context.requestId);
      guarded.failure = dto;
      await ended({ outcome: outcomeOf(dto), code: dto.code });
    }
    throw error;
  }
  await ended({ outcome: "ok", counts: definition.counts?.(output) });
  return masked(definition, context, input, output);
}

async function recordIfRefused(
  kind: "read" | "write",
  { actor, deed }: { actor: Actor; deed: Deed },
  error: ErrorDto,
): Promise<void> {
  if (outcomeOf(error) !== "refused" || error.code === "sign_in_again") return;
  if (kind === "read" && error.code === "invalid_input") return;
  const draft = draftOf(actor, deed, { outcome: "refused", code: error.code });
  await recordRefusal(consoleState(), kind, draft, await requestAddress());
}

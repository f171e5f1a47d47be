import "server-only";
/**
 * The doors for those who are not signed in yet: sign-in itself. Own host, exact Origin where something is changed,
 * the limit of the address, zod, run, audit. They check no permission, so what they run must not need one.
 */
import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import type { z } from "zod";
import type { ErrorDto, Result } from "../errors";
import { auditChain } from "../redis/audit-chain/chain";
import { consoleState } from "../redis/client";
import { admit } from "../redis/sign-in/admit";
import type { OperatorRecord } from "../redis/sign-in/types";
import type { Store } from "../redis/store/store";
import { describeFailure, invalidInput, isNextSignal } from "./failures";
import { requestAddress, requireOwnRequest } from "./request";
import { readSessionToken } from "./session-cookie";
import { type Actor, ANONYMOUS, type Deed, draftOf, outcomeOf, recordEnding, recordRefusal } from "./trail";

export interface OpenContext {
  console: Store;
  /** Where the request came from; see lib/auth/peer.ts. */
  address: string;
  /** The browser's own description of itself, cut. */
  agent: string;
  /** The session this browser had before, if any. */
  previousToken: string | null;
  requestId: string;
  /** Say who it turned out to be: the audit log names that operator. */
  became: (operator: OperatorRecord) => void;
}

interface OpenDefinition<Input extends z.ZodType, Output> {
  name: string;
  input: Input;
  run: (context: OpenContext, input: z.output<Input>) => Promise<Output>;
}

/** A server action of the sign-in page. */
export function openAction<Input extends z.ZodType, Output>(definition: OpenDefinition<Input, Output>) {
  return (raw: z.input<Input>): Promise<Result<Output>> =>
    passOpen(definition.name, true, (context) => {
      const parsed = definition.input.safeParse(raw);
      if (!parsed.success) throw invalidInput(parsed.error);
      return definition.run(context, parsed.data);
    });
}

interface OpenDoorDefinition {
  name: string;
  run: (context: OpenContext, request: Request) => Promise<Response>;
  /** Where a browser is led when it did not work: a page, since a person looks at the answer. */
  failed: (error: ErrorDto) => Response;
}

/** A GET route handler that leads a browser on, for example to an identity provider and back. */
export function openDoor(definition: OpenDoorDefinition) {
  return async (request: Request): Promise<Response> => {
    const result = await passOpen(definition.name, false, (context) => definition.run(context, request));
    return result.ok ? result.data : definition.failed(result.error);
  };
}

async function passOpen<Output>(
  name: string,
  exactOrigin: boolean,
  run: (context: OpenContext) => Promise<Output>,
): Promise<Result<Output>> {
  const consoleStore = consoleState();
  const deed: Deed = { name, requestId: randomUUID(), subject: null };
  const address = await requestAddress();
  let actor: Actor = ANONYMOUS;
  try {
    await requireOwnRequest(exactOrigin);
    await admit(consoleStore, { token: null, address, kind: "sign-in" });
    const data = await run({
      console: consoleStore,
      address,
      agent: ((await headers()).get("user-agent") ?? "").slice(0, 400),
      previousToken: await readSessionToken(),
      requestId: deed.requestId,
      became: (operator) => {
        actor = { id: operator.id, role: operator.role };
      },
    });
    await recordEnding(auditChain(consoleStore), draftOf(actor, deed, { outcome: "ok" }));
    return { ok: true, data };
  } catch (error) {
    if (isNextSignal(error)) throw error;
    const dto = describeFailure(error, false, deed.requestId);
    const draft = draftOf(actor, deed, { outcome: outcomeOf(dto), code: dto.code });
    await recordRefusal(consoleStore, "write", draft, address);
    return { ok: false, error: dto };
  }
}

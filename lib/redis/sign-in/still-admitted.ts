/**
 * For what stays open after the door has let it in: is it still so? Asked for many at once, in one round trip. It
 * counts for no limit and keeps no session from ending.
 */
import { consoleKeys } from "../console-keys";
import { isError } from "../store/reply";
import type { Store } from "../store/store";
import type { Reply } from "../store/wire";
import { type DoorSettings, doorSettings } from "./admit";
import { readOperatorReply } from "./operator-record";
import { readSessionReply } from "./session-record";
import type { OperatorRecord } from "./types";

export interface Admitted {
  /** Of the session. */
  digest: string;
  operatorId: string;
}

/**
 * @returns for each the operator as it is now; null when the session has ended or the operator is disabled or gone
 * @throws what Redis says; then it is not known
 */
export async function stillAdmitted(
  consoleStore: Store,
  admitted: readonly Admitted[],
  settings: DoorSettings = doorSettings(),
): Promise<(OperatorRecord | null)[]> {
  const replies = await consoleStore.pipeline(
    admitted.flatMap(({ digest, operatorId }) => [
      ["HGETALL", consoleKeys.operatorSession(digest)] as const,
      ["HGETALL", consoleKeys.operator(operatorId)] as const,
    ]),
  );
  return admitted.map(({ digest, operatorId }, at) => {
    const session = readSessionReply(digest, told(replies[2 * at]), settings.limits);
    const operator = readOperatorReply(operatorId, told(replies[2 * at + 1]))?.record;
    if (!session || session.operatorId !== operatorId || !operator || operator.disabled) return null;
    return operator.via === "demo" && !settings.demo ? null : operator;
  });
}

function told(reply: Reply | Error | undefined): Reply {
  if (isError(reply)) throw reply;
  return reply ?? null;
}

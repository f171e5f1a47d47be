/** One's own sign-in, as its owner sees it. */
import { may } from "../../auth/permissions";
import { displayBytes } from "../../bytes";
import { openRef } from "../../refs";
import { listSessions } from "../sign-in/sessions";
import type { OperatorRecord, SessionRecord } from "../sign-in/types";
import type { Store } from "../store";
import type { Me, MySession, Reveal } from "./schema";

export function describeMe(
  operator: OperatorRecord,
  session: SessionRecord,
  revealed: ReadonlyMap<string, RevealedPerson>,
): Me {
  const { id, name, role, via, mustChangePassword } = operator;
  const sees = may(role, "personal");
  const masked = session.masked || !sees;
  const reveals = masked ? [...revealed.values()].map(toReveal) : [];
  return { id, name, role, via, masked, maskedByChoice: session.masked && sees, reveals, mustChangePassword };
}

export interface RevealedPerson {
  ref: string;
  untilMs: number;
}

function toReveal({ ref, untilMs }: RevealedPerson): Reveal {
  return { ref, label: displayBytes(openRef("user", ref)), untilMs };
}

export async function listMySessions(consoleStore: Store, current: SessionRecord): Promise<MySession[]> {
  const sessions = await listSessions(consoleStore, current.operatorId);
  return sessions
    .map(({ digest, via, agent, createdAtMs, lastSeenAtMs }) => ({
      digest,
      via,
      agent,
      createdAtMs,
      lastSeenAtMs,
      current: digest === current.digest,
    }))
    .sort((a, b) => Number(b.current) - Number(a.current) || b.lastSeenAtMs - a.lastSeenAtMs);
}

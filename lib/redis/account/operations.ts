/** One's own sign-in, as its owner sees it. */
import type { GuardContext } from "../../auth/definition";
import { may } from "../../auth/permissions";
import { displayBytes } from "../../bytes";
import { openRef } from "../../refs";
import { type ListedSession, listedSession } from "../sign-in/listed-session";
import { listSessions } from "../sign-in/sessions";
import type { SessionRecord } from "../sign-in/types";
import type { Store } from "../store/store";
import type { Me } from "./schema";

/** What the guard knows of who asks. */
type Asker = Pick<GuardContext, "operator" | "session" | "revealed" | "masked">;

export function describeMe({ operator, session, revealed, masked }: Asker): Me {
  const { id, name, role, via, mustChangePassword } = operator;
  const reveals = masked
    ? [...revealed.values()].map(({ ref, untilMs }) => ({
        ref,
        label: displayBytes(openRef("user", ref)),
        untilMs,
      }))
    : [];
  const maskedByChoice = session.masked && may(role, "personal");
  return { id, name, role, via, masked, maskedByChoice, reveals, mustChangePassword };
}

/** The one that looks comes first, then the one seen last. */
export async function listMySessions(consoleStore: Store, current: SessionRecord): Promise<ListedSession[]> {
  const sessions = await listSessions(consoleStore, current.operatorId);
  return sessions
    .map((session) => listedSession(session, current))
    .sort((a, b) => Number(b.current) - Number(a.current) || b.lastSeenAtMs - a.lastSeenAtMs);
}

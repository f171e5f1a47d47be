/** Seeing one person's data unmasked: for a reason, for a while, by one session. */

import { may, type Role } from "../../auth/permissions";
import { displayBytes } from "../../bytes";
import { SafeError } from "../../errors";
import { namesPerson } from "../../names-person";
import { openRef } from "../../refs";
import { subjectOf } from "../../subjects";
import { addReveal, endReveal } from "../sign-in/reveals";
import { REVEAL_MS, type SessionRecord } from "../sign-in/types";
import type { Store } from "../store/store";
import type { Reveal } from "./schema";

/** @throws SafeError `invalid_input` without the reason that the role demands, or with the person's id in it */
export function requireReason(role: Role, reason: string, userId: Buffer): void {
  if (reason === "" && !may(role, "reveal.without-reason")) {
    throw new SafeError("invalid_input", "reason: must say why you need to see it", { field: "reason" });
  }
  if (namesPerson(reason, userId)) {
    throw new SafeError(
      "invalid_input",
      "reason: must not hold the person's id, since it is kept in the log",
      {
        field: "reason",
        hint: "A ticket's number says it as well.",
      },
    );
  }
}

/** @returns the reveal and when it ends; revealing again starts the time anew */
export async function reveal(consoleStore: Store, session: SessionRecord, ref: string): Promise<Reveal> {
  const userId = openRef("user", ref);
  await addReveal(consoleStore, session, subjectOf(userId), ref);
  return { ref, label: displayBytes(userId), untilMs: Date.now() + REVEAL_MS };
}

export async function hide(consoleStore: Store, session: SessionRecord, ref: string): Promise<void> {
  await endReveal(consoleStore, session, subjectOf(openRef("user", ref)));
}

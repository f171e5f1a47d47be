import { displayBytes } from "../../bytes";
import { sealRef } from "../../refs";
import type { SurveyUser } from "../keyspace/survey-tally";
import type { UserShare } from "./schema";

/** A person's part of the store. */
export function toUserShare(user: SurveyUser): UserShare {
  const id = Buffer.from(user.id, "latin1");
  return {
    ref: sealRef("user", id),
    label: displayBytes(id),
    keys: user.keys,
    sizeBytes: user.sizeBytes,
    sessionBytes: user.sessionBytes,
    memoryBytes: user.memoryBytes,
    state: user.stuck ? "stuck" : user.blockedUntilMs > Date.now() ? "blocked" : null,
  };
}

/** From what an officer confirmed to what is erased. */
import { namesBytes } from "../../bytes";
import { SafeError } from "../../errors";
import { openRef } from "../../refs";
import type { StartErasureInput } from "./schema";

export interface Confirmed {
  userId: Buffer;
  includeDisputed: Buffer[];
}

/** @throws SafeError `invalid_input` unless exactly this person's id was typed; `not_found` for a made-up reference */
export function confirmedErasure({ ref, typedId, includeRefs }: StartErasureInput): Confirmed {
  const userId = openRef("user", ref);
  if (!namesBytes(typedId, userId)) {
    throw new SafeError("invalid_input", "The id that was typed is not this person's. Nothing was erased.", {
      field: "typedId",
      hint: "Type it exactly as shown: upper and lower case, spaces and escapes count.",
    });
  }
  return { userId, includeDisputed: includeRefs.map((keyRef) => openRef("key", keyRef)) };
}

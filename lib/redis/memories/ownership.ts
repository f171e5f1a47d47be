/** What a script or a read found where a memory was expected, as the error that people see. */
import { SafeError } from "../../errors";

export function notTheirs(finding: string): SafeError {
  if (finding === "gone") {
    return new SafeError("not_found", "This memory is not in Redis any more.", {
      hint: "It was deleted, or its life ended. Look at the list again.",
    });
  }
  if (finding === "type") {
    return new SafeError("conflict", "Under this key there is no memory: it holds another type of value.", {
      hint: "Its owner is in doubt. The Privacy tab shows such keys.",
    });
  }
  return new SafeError("conflict", "This memory's user_id names somebody else than its key.", {
    hint: "Its owner is in doubt, so it is not changed here. The Privacy tab shows such keys.",
  });
}

/** What the erasure's tests share: a run's input with everything that the guard would give it. */
import { auditChain } from "../audit-chain/chain";
import { allEntries } from "../audit-chain/test-kit";
import type { Store } from "../store/store";
import type { RunInput } from "./run";

export function runInput(consoleStore: Store, some: Partial<RunInput> & Pick<RunInput, "userId">): RunInput {
  return {
    ...{ startedBy: "officer", startedByName: "An officer", role: "compliance", requestId: "request-1" },
    ...{ ground: "Art. 17(1)(b)", ticket: "DSR-2026-014" },
    stillAllowed: async () => true,
    audit: auditChain(consoleStore),
    ...some,
  };
}

/** The audit log's entries about runs. */
export async function runEntries(consoleStore: Store) {
  return (await allEntries(consoleStore)).filter(({ action }) => action === "erasure.run");
}

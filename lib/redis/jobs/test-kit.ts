/** What tests of long work share: a request's context with everything that the guard would give it. */
import { auditChain } from "../audit-chain/chain";
import type { Store } from "../store/store";
import type { JobContext } from "./job";

export function jobContext(store: Store, some: Partial<JobContext> = {}): JobContext {
  return {
    store,
    console: store,
    operator: { id: "dora", name: "Dora", role: "developer" },
    requestId: "request-1",
    subject: null,
    audit: auditChain(some.console ?? store),
    stillAllowed: async () => true,
    ...some,
  };
}

/** Ask until it is so; fails after 5 s. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 250; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("it did not come to be in 5 s");
}

/** When a console starts: the first administrator, made in the background as soon as Redis answers, and said once. */
import { setTimeout as sleep } from "node:timers/promises";
import { env } from "../../env";
import { logDefect, logEvent } from "../../log";
import { auditChain } from "../audit-chain/chain";
import type { Store } from "../store/store";
import { storeError } from "../store/store-errors";
import { createFirstAdministrator, type FirstAdministrator, newCandidate } from "./first-administrator";

/** scripts/lib/held-output.mjs looks for it. */
const MARK = "──── First administrator ────";

export interface FirstStartOptions {
  isDemo?: boolean;
  print?: (text: string) => void;
  /** Redis may take its time to come; asked again after so long at first, and every ten seconds later. */
  retryMs?: number;
}

/** Goes on trying until it is known whether there is an administrator. Never rejects. Nothing in the demo. */
export async function welcomeFirstAdministrator(
  consoleStore: Store,
  { isDemo = env().CONSOLE_DEMO, print = printOut, retryMs = 500 }: FirstStartOptions = {},
): Promise<void> {
  if (isDemo) return;
  const candidate = newCandidate();
  for (let waitMs = retryMs; ; waitMs = Math.min(waitMs * 2, 10_000)) {
    try {
      const made = await createFirstAdministrator(consoleStore, candidate);
      if (made) await announce(consoleStore, made, print);
      return;
    } catch (error) {
      if (!storeError(error)) return logDefect(error, "first-start");
      // A process that has nothing else to do may end meanwhile.
      await sleep(waitMs, undefined, { ref: false });
    }
  }
}

function printOut(text: string): void {
  process.stdout.write(text);
}

async function announce(
  consoleStore: Store,
  { id, name, password }: FirstAdministrator,
  print: (text: string) => void,
): Promise<void> {
  print(`
${MARK}

  Name       ${name}
  Password   ${password}

  Shown this once. Change it after signing in, and add the others on the page Operators.
${"─".repeat(MARK.length)}

`);
  logEvent("first_administrator");
  await auditChain(consoleStore).appendEventually({
    ...{ operator: "console", role: "none", action: "operators.first", outcome: "ok", subject: null },
    ...{ counts: {}, reason: `${id}: admin`, ticket: null, code: null, requestId: "first-start" },
  });
}

/** The operator that somebody the provider has proved is here: found, or made at the first sign-in. */
import { createHash } from "node:crypto";
import { SafeError } from "../../errors";
import { setOperatorRole } from "../../redis/sign-in/operator-changes";
import { NAME_MAX, operatorName } from "../../redis/sign-in/operator-names";
import { createOperator, findOperatorByOidc, type OidcSubject } from "../../redis/sign-in/operators";
import { revokeSessionsOf } from "../../redis/sign-in/sessions";
import type { OperatorRecord } from "../../redis/sign-in/types";
import type { Store } from "../../redis/store/store";
import type { Role } from "../permissions";
import { refusal } from "./errors";

/** What was proved. */
export interface Proved {
  subject: OidcSubject;
  /** From the groups of this very sign-in; null when none of them has a role here. */
  role: Role | null;
  /** What to call somebody new, the best first. */
  names: string[];
}

/**
 * @param onlyId the operator it has to be, and then nobody is made
 * @throws SafeError `no_group`, after which the operator's older sign-ins are worth nothing either;
 *   `operator_disabled`; `another_operator`
 */
export async function operatorFor(
  consoleStore: Store,
  { subject, role, names }: Proved,
  onlyId: string | null,
): Promise<OperatorRecord> {
  const found = await findOperatorByOidc(consoleStore, subject.issuer, subject.sub);
  if (onlyId !== null && found?.id !== onlyId) throw refusal("another_operator");
  if (role === null) {
    if (found) await revokeSessionsOf(consoleStore, found.id);
    throw refusal("no_group");
  }
  const operator = found ?? (await makeOperator(consoleStore, subject, role, names));
  if (operator.disabled) throw refusal("operator_disabled");
  if (operator.role === role) return operator;
  return setOperatorRole(consoleStore, operator.id, role, { evenLast: true });
}

/** Two first sign-ins at once make one operator. */
async function makeOperator(
  consoleStore: Store,
  subject: OidcSubject,
  role: Role,
  names: string[],
): Promise<OperatorRecord> {
  for (const name of candidates(names, subject)) {
    try {
      return await createOperator(consoleStore, { name, role, password: null, via: "oidc", subject });
    } catch (error) {
      if (!(error instanceof SafeError) || error.code !== "conflict") throw error;
      const made = await findOperatorByOidc(consoleStore, subject.issuer, subject.sub);
      if (made) return made;
    }
  }
  throw new SafeError("conflict", "There is no name left for a new operator.");
}

/** Names that may be one: as said, then with a mark that nobody else has. What nobody can read is left out. */
function candidates(names: string[], { issuer, sub }: OidcSubject): string[] {
  const mark = createHash("sha256")
    .update(JSON.stringify([issuer, sub]))
    .digest("hex")
    .slice(0, 6);
  const fit = names.filter(isName);
  const ending = ` (${mark})`;
  const first = [...(fit[0] ?? "operator")].slice(0, NAME_MAX - ending.length).join("");
  return [...fit.slice(0, 1), `${first}${ending}`];
}

function isName(name: string): boolean {
  try {
    return operatorName(name) !== "";
  } catch {
    return false;
  }
}

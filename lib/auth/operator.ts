/** Who is at the keyboard. */
import type { Role } from "./permissions";

export interface Operator {
  id: string;
  role: Role;
}

/**
 * The operator of this request. There is no sign-in yet: whoever reaches the console's port on this machine is
 * its administrator, which is why it binds to 127.0.0.1 and the guard refuses every other host name
 * (docs/decisions/0002-loopback-until-sign-in.md).
 */
export async function currentOperator(): Promise<Operator> {
  return { id: "local", role: "admin" };
}

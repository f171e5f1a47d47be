/**
 * When the console's server asks for a sign-in in the middle of something: whoever was refused waits here, the
 * dialog of the account asks for the password, and then the refused thing is tried again. Nothing typed is lost.
 */
export type SignInNeed = "signed_out" | "sign_in_again";

/** A sign-in in another tab changes the cookie while a request is on its way: then the second try has the new one. */
export const COOKIE_CHANGES_MS = 300;

type Waiting = { resolve: () => void; reject: () => void };

let need: SignInNeed | null = null;
let waiting: Waiting[] = [];
const listeners = new Set<() => void>();

function tell() {
  for (const listener of listeners) listener();
}

export function subscribeSignInNeed(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function signInNeed(): SignInNeed | null {
  return need;
}

/** Show the dialog without anybody waiting: a read was refused. */
export function reportSignedOut(): void {
  if (need === "signed_out") return;
  need = "signed_out";
  tell();
}

/** Resolves when the operator has signed in. @throws (rejects) when the dialog was left */
export function waitForSignIn(code: SignInNeed): Promise<void> {
  return new Promise((resolve, reject) => {
    waiting.push({ resolve, reject });
    need = need === "signed_out" ? need : code;
    tell();
  });
}

export function settleSignIn(signedIn: boolean): void {
  const settled = waiting;
  waiting = [];
  need = null;
  tell();
  for (const { resolve, reject } of settled) {
    if (signedIn) resolve();
    else reject();
  }
}

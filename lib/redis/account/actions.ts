"use server";

import { guardedAction } from "../../auth/guard";
import { openAction } from "../../auth/open";
import { clearSessionCookie, setSessionCookie } from "../../auth/session-cookie";
import { openRef } from "../../refs";
import { revokeSession, setMasked } from "../sign-in/sessions";
import { changeOwnPassword, signInAgain, signInDemo, signInWithPassword } from "../sign-in/sign-in";
import { hide, requireReason, reveal } from "./reveal";
import {
  changePasswordInput,
  demoSignInInput,
  endRevealInput,
  maskInput,
  noInput,
  revealInput,
  revokeSessionInput,
  signInAgainInput,
  signInInput,
} from "./schema";

export const signInAction = openAction({
  name: "account.sign-in",
  input: signInInput,
  run: async ({ console, address, agent, previousToken, became }, { name, password }) => {
    const { token, operator } = await signInWithPassword(console, {
      name,
      password,
      address,
      agent,
      previousToken,
    });
    became(operator);
    await setSessionCookie(token);
    return { role: operator.role };
  },
});

export const demoSignInAction = openAction({
  name: "account.sign-in-demo",
  input: demoSignInInput,
  run: async ({ console, agent, previousToken, became }, { role }) => {
    const { token, operator } = await signInDemo(console, { role, agent, previousToken });
    became(operator);
    await setSessionCookie(token);
    return { role: operator.role };
  },
});

export const signInAgainAction = guardedAction({
  name: "account.sign-in-again",
  permission: "account",
  input: signInAgainInput,
  mask: "impersonal",
  run: async ({ console, operator, session }, { password }) => {
    const { token } =
      operator.via === "demo"
        ? await signInDemo(console, { role: operator.role, agent: session.agent, again: session })
        : await signInAgain(console, { operator, session, password });
    await setSessionCookie(token);
    return {};
  },
});

export const signOutAction = guardedAction({
  name: "account.sign-out",
  permission: "account",
  input: noInput,
  mask: "impersonal",
  run: async ({ console, operator, session }) => {
    await revokeSession(console, operator.id, session.digest);
    await clearSessionCookie();
    return {};
  },
});

export const revokeMySessionAction = guardedAction({
  name: "account.revoke-session",
  permission: "account",
  input: revokeSessionInput,
  mask: "impersonal",
  run: async ({ console, operator }, { digest }) => {
    await revokeSession(console, operator.id, digest);
    return {};
  },
});

export const changePasswordAction = guardedAction({
  name: "account.change-password",
  permission: "account",
  input: changePasswordInput,
  mask: "impersonal",
  run: async ({ console, operator, session }, { current, next }) => {
    const { token } = await changeOwnPassword(console, { operator, session, current, next });
    await setSessionCookie(token);
    return {};
  },
});

export const setMaskedAction = guardedAction({
  name: "account.mask",
  permission: "account",
  input: maskInput,
  mask: "impersonal",
  run: async ({ console, session }, { masked }) => {
    await setMasked(console, session, masked);
    return { masked };
  },
});

export const revealAction = guardedAction({
  name: "account.reveal",
  permission: "reveal",
  input: revealInput,
  // Whoever may reveal may know the id that the answer names.
  mask: "impersonal",
  subject: ({ ref }) => openRef("user", ref),
  grounds: ({ reason }) => ({ reason: reason || null }),
  check: ({ operator }, { ref, reason }) => requireReason(operator.role, reason, openRef("user", ref)),
  run: ({ console, session }, { ref }) => reveal(console, session, ref),
});

export const endRevealAction = guardedAction({
  name: "account.end-reveal",
  permission: "reveal",
  input: endRevealInput,
  mask: "impersonal",
  subject: ({ ref }) => openRef("user", ref),
  run: async ({ console, session }, { ref }) => {
    await hide(console, session, ref);
    return {};
  },
});

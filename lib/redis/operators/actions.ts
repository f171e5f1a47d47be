"use server";

import { guardedAction } from "../../auth/guard";
import { setOperatorDisabled } from "../sign-in/operator-changes";
import { newOperatorId } from "../sign-in/operators";
import { addOperator, changeRole, resetPassword, signOutEverywhere, signOutOne } from "./operations";
import {
  addOperatorInput,
  changeRoleInput,
  operatorInput,
  resetPasswordInput,
  revokeSessionInput,
} from "./schema";

export const addOperatorAction = guardedAction({
  name: "operators.add",
  permission: "operators",
  fresh: true,
  // The id is chosen here, so that the audit log can say who it was before and after.
  input: addOperatorInput.transform((given) => ({ ...given, id: newOperatorId() })),
  mask: "impersonal",
  grounds: ({ id, role }) => ({ reason: `${id}: ${role}` }),
  run: ({ console }, input) => addOperator(console, input),
});

export const changeRoleAction = guardedAction({
  name: "operators.role",
  permission: "operators",
  fresh: true,
  input: changeRoleInput,
  mask: "impersonal",
  grounds: ({ id, from, role }) => ({ reason: `${id}: ${from} → ${role}` }),
  run: async ({ console }, input) => {
    const { role } = await changeRole(console, input);
    return { role };
  },
});

export const disableOperatorAction = guardedAction({
  name: "operators.disable",
  permission: "operators",
  fresh: true,
  input: operatorInput,
  mask: "impersonal",
  grounds: ({ id }) => ({ reason: id }),
  run: async ({ console }, { id }) => {
    const { disabled } = await setOperatorDisabled(console, id, true);
    return { disabled };
  },
});

export const enableOperatorAction = guardedAction({
  name: "operators.enable",
  permission: "operators",
  fresh: true,
  input: operatorInput,
  mask: "impersonal",
  grounds: ({ id }) => ({ reason: id }),
  run: async ({ console }, { id }) => {
    const { disabled } = await setOperatorDisabled(console, id, false);
    return { disabled };
  },
});

export const resetPasswordAction = guardedAction({
  name: "operators.reset-password",
  permission: "operators",
  fresh: true,
  input: resetPasswordInput,
  mask: "impersonal",
  grounds: ({ id }) => ({ reason: id }),
  run: ({ console, operator }, input) => resetPassword(console, { ...input, selfId: operator.id }),
  counts: ({ sessions }) => ({ "sign-ins": sessions }),
});

export const signOutOperatorAction = guardedAction({
  name: "operators.sign-out",
  permission: "operators",
  fresh: true,
  input: operatorInput,
  mask: "impersonal",
  grounds: ({ id }) => ({ reason: id }),
  run: ({ console }, { id }) => signOutEverywhere(console, id),
  counts: ({ sessions }) => ({ "sign-ins": sessions }),
});

export const revokeOperatorSessionAction = guardedAction({
  name: "operators.revoke-session",
  permission: "operators",
  fresh: true,
  input: revokeSessionInput,
  mask: "impersonal",
  grounds: ({ id }) => ({ reason: id }),
  run: ({ console }, input) => signOutOne(console, input),
  counts: ({ sessions }) => ({ "sign-ins": sessions }),
});

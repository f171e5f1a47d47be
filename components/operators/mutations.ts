"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { runAction } from "@/components/query/run-action";
import type { Role } from "@/lib/auth/permissions";
import {
  addOperatorAction,
  changeRoleAction,
  disableOperatorAction,
  enableOperatorAction,
  resetPasswordAction,
  revokeOperatorSessionAction,
  signOutOperatorAction,
} from "@/lib/redis/operators/actions";
import { operatorsKeys } from "./queries";

/** Also after a failure: somebody else may have been first, or the answer was lost. */
function useMutationOfOperators<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => queries.invalidateQueries({ queryKey: operatorsKeys.all }),
  });
}

export function useAddOperator() {
  return useMutationOfOperators((input: { name: string; role: Role; password: string | null }) =>
    runAction(() => addOperatorAction(input)),
  );
}

export function useChangeRole() {
  return useMutationOfOperators((input: { id: string; from: Role; role: Role }) =>
    runAction(() => changeRoleAction(input)),
  );
}

export function useSetDisabled() {
  return useMutationOfOperators(({ id, disabled }: { id: string; disabled: boolean }) =>
    runAction(() => (disabled ? disableOperatorAction({ id }) : enableOperatorAction({ id }))),
  );
}

export function useResetPassword() {
  return useMutationOfOperators((input: { id: string; password: string | null }) =>
    runAction(() => resetPasswordAction(input)),
  );
}

export function useSignOutOperator() {
  return useMutationOfOperators((id: string) => runAction(() => signOutOperatorAction({ id })));
}

export function useRevokeOperatorSession() {
  return useMutationOfOperators((input: { id: string; digest: string }) =>
    runAction(() => revokeOperatorSessionAction(input)),
  );
}

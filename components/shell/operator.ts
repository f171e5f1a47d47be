"use client";

import { useQuery } from "@tanstack/react-query";
import { useUntoldInterval } from "@/components/query/live";
import { may, type Permission, type Role } from "@/lib/auth/permissions";
import type { Me, Reveal } from "@/lib/redis/account/schema";
import { LOOK_EVERY_MS, meQuery } from "./me-query";

export interface OperatorView {
  /** Undefined until the console has said who is signed in. */
  me: Me | undefined;
  role: Role | null;
  /** What the guard would refuse is not offered. */
  can: (permission: Permission) => boolean;
  /** Are pages masked, but for who is revealed? */
  masked: boolean;
  /** The reveal of one person that is going on. */
  revealOf: (userRef: string) => Reveal | undefined;
  /** May this person's data be seen now? */
  sees: (userRef: string) => boolean;
}

/** Who is signed in, as the pages need it. It decides what is shown; the guard decides what is given. */
export function useOperator(): OperatorView {
  const { data: me } = useQuery({ ...meQuery(), refetchInterval: useUntoldInterval(LOOK_EVERY_MS) });
  const role = me?.role ?? null;
  const revealOf = (userRef: string) => me?.reveals.find(({ ref }) => ref === userRef);
  const masked = me?.masked ?? true;
  return {
    me,
    role,
    can: (permission) => may(role, permission),
    masked,
    revealOf,
    sees: (userRef) => !masked || revealOf(userRef) !== undefined,
  };
}

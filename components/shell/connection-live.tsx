"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { watchLive } from "@/components/query/live-watch";
import { CONNECTION_KEY, type Connection } from "./use-connection";

/** Once on every page behind the sign-in: what changes in the store is read again by whatever shows it. */
export function LiveConnection() {
  const client = useQueryClient();
  useEffect(
    () => watchLive(client, () => client.getQueryData<Connection>(CONNECTION_KEY)?.up !== false),
    [client],
  );
  return null;
}

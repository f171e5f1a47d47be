"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { watchLive } from "./live-watch";

/** Once on every page behind the sign-in: what changes in the store is read again by whatever shows it. */
export function LiveConnection() {
  const client = useQueryClient();
  useEffect(() => watchLive(client), [client]);
  return null;
}

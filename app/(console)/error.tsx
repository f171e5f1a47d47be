"use client";

import { PageError } from "@/components/shell/page-error";

/** A page failed; the shell stays, and the way to every other page with it. */
export default function ConsoleError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError error={error} retry={retry} />;
}

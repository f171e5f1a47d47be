"use client";

import { PageError } from "@/components/shell/page-error";

export default function RootError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main className="mx-auto max-w-xl px-4 py-24">
      <PageError error={error} retry={retry} />
    </main>
  );
}

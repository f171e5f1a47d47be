import type { Metadata } from "next";
import { Mark } from "@/components/shell/mark";

export const metadata: Metadata = { title: "Signed in" };

/** Where a sign-in in another tab ends: the work goes on in the first one. */
export default function SignedInPage() {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-3 bg-sunken px-4 text-center">
      <h1 className="flex items-center gap-2.5 text-lg font-semibold">
        <Mark />
        You are signed in
      </h1>
      <p className="text-sm text-fg-muted">Close this tab and go on in the one you came from.</p>
    </main>
  );
}

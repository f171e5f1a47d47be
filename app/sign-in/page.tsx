import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { DemoChoice } from "@/components/account/demo-choice";
import { LookAgain, SignInForm } from "@/components/account/sign-in-form";
import { DemoBanner } from "@/components/shell/demo-banner";
import { Mark } from "@/components/shell/mark";
import { ButtonAnchor } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { safeNext } from "@/lib/auth/next-path";
import { oidcErrorText } from "@/lib/auth/oidc/errors";
import { oidcSettings, startAddress } from "@/lib/auth/oidc/settings";
import { viewerIfAny } from "@/lib/auth/viewer";
import { env } from "@/lib/env";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const one = (value: string | string[] | undefined) => (typeof value === "string" ? value : undefined);

export default async function SignInPage({ searchParams }: Props) {
  const search = await searchParams;
  const next = safeNext(one(search.next));
  const viewer = await viewerIfAny();
  const failed = oidcErrorText(one(search.error));
  // Whoever is signed in and failed to prove it again has to read why.
  if (viewer?.role && !failed) redirect(next);
  const { CONSOLE_DEMO } = env();
  const oidc = oidcSettings();
  const isFromElsewhere = !["same-origin", "none", null].includes((await headers()).get("sec-fetch-site"));
  return (
    <>
      {CONSOLE_DEMO ? <DemoBanner /> : null}
      <main className="flex min-h-[calc(100dvh-28px)] flex-col items-center justify-center bg-sunken px-4 py-10">
        <div className="w-full max-w-sm">
          <h1 className="mb-6 flex items-center justify-center gap-2.5 text-lg font-semibold">
            <Mark />
            Memory Console
          </h1>
          <div className="flex flex-col gap-4 rounded-lg border bg-surface p-5">
            {viewer?.trouble ? (
              <Callout tone="danger" title={viewer.trouble.message}>
                {viewer.trouble.hint}
              </Callout>
            ) : null}
            {failed ? (
              <Callout tone="danger" title={failed.title}>
                {failed.hint}
              </Callout>
            ) : null}
            {CONSOLE_DEMO ? (
              <>
                <p className="text-sm text-fg-muted">Look at it as one of four operators:</p>
                <DemoChoice next={next} />
              </>
            ) : (
              <>
                {oidc ? (
                  <>
                    <ButtonAnchor variant="primary" href={startAddress(oidc, next)}>
                      Sign in with your organisation
                    </ButtonAnchor>
                    <p className="flex items-center gap-3 text-xs text-fg-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
                      or with a password
                    </p>
                  </>
                ) : null}
                <SignInForm next={next} />
              </>
            )}
          </div>
          <p className="mt-4 text-center text-xs text-fg-muted">
            {CONSOLE_DEMO
              ? "Changes are real, on the demo’s own Redis."
              : "No name or password? An administrator of this console adds operators."}
          </p>
        </div>
        {isFromElsewhere && !failed ? <LookAgain /> : null}
      </main>
    </>
  );
}

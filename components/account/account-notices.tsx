"use client";

import { Eye, KeyRound } from "lucide-react";
import { useEffect, useRef } from "react";
import { useOperator } from "@/components/shell/operator";
import { Button } from "@/components/ui/button";
import { useClock } from "@/components/ui/clock";
import { Countdown } from "@/components/ui/countdown";
import { PageLink } from "@/components/ui/page-link";
import { TextLink } from "@/components/ui/text-link";
import type { Reveal } from "@/lib/redis/account/schema";
import { useAskedAnew, useEndReveal } from "./mutations";

/** Under the header of every page: what the operator has to know about its own sign-in. */
export function AccountNotices() {
  const { me } = useOperator();
  return (
    <>
      {me?.mustChangePassword ? <MadePassword /> : null}
      {me?.reveals.map((reveal) => (
        <Revealed key={reveal.ref} reveal={reveal} />
      ))}
    </>
  );
}

const STRIP =
  "flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-warn-line bg-warn-bg px-4 py-1 text-xs text-warn-fg md:px-6";

function MadePassword() {
  return (
    <div role="status" className={STRIP}>
      <KeyRound aria-hidden className="size-3.5 shrink-0" />
      <span className="min-w-0 flex-1">Your password was made for you, so somebody else knows it.</span>
      <TextLink href="/account">Choose your own</TextLink>
    </div>
  );
}

/** Whose data is unmasked now, for how long, and the way to end it. */
function Revealed({ reveal }: { reveal: Reveal }) {
  const end = useEndReveal();
  useMaskedAgain(reveal);
  return (
    <div role="status" className={STRIP}>
      <Eye aria-hidden className="size-3.5 shrink-0" />
      <span className="min-w-0 flex-1">
        Personal data of{" "}
        <PageLink
          href={`/users/${reveal.ref}`}
          className="font-mono font-medium underline underline-offset-2"
        >
          <bdi>{reveal.label}</bdi>
        </PageLink>{" "}
        is revealed to you for <Countdown untilMs={reveal.untilMs} className="tabular-nums" />.
      </span>
      <Button size="sm" variant="ghost" pending={end.isPending} onClick={() => end.mutate(reveal.ref)}>
        Mask again
      </Button>
    </div>
  );
}

/** When the time is over the pages ask again, and get masks. */
function useMaskedAgain({ untilMs }: Reveal) {
  const over = useClock((now) => now >= untilMs, [untilMs]);
  const askAnew = useAskedAnew();
  const asked = useRef(false);
  useEffect(() => {
    if (!over || asked.current) return;
    asked.current = true;
    void askAnew();
  });
}

"use client";

import { Eye } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef } from "react";
import { useOperator } from "@/components/shell/operator";
import { Button } from "@/components/ui/button";
import { useClock } from "@/components/ui/clock";
import { Countdown } from "@/components/ui/countdown";
import type { Reveal } from "@/lib/redis/account/schema";
import { useAskedAnew, useEndReveal } from "./mutations";

/** Under the header of every page: whose data is unmasked now, for how long, and the way to end it. */
export function RevealNotices() {
  const { me } = useOperator();
  return me?.reveals.map((reveal) => <Notice key={reveal.ref} reveal={reveal} />);
}

function Notice({ reveal }: { reveal: Reveal }) {
  const end = useEndReveal();
  useMaskedAgain(reveal);
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-warn-line bg-warn-bg px-4 py-1 text-xs text-warn-fg md:px-6"
    >
      <Eye aria-hidden className="size-3.5 shrink-0" />
      <span className="min-w-0 flex-1">
        Personal data of{" "}
        <Link href={`/users/${reveal.ref}`} className="font-mono font-medium underline underline-offset-2">
          <bdi>{reveal.label}</bdi>
        </Link>{" "}
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
  const over = useClock((now) => now >= untilMs);
  const askAnew = useAskedAnew();
  const asked = useRef(false);
  useEffect(() => {
    if (!over || asked.current) return;
    asked.current = true;
    void askAnew();
  });
}

"use client";

import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";
import type { MadePassword } from "@/lib/redis/operators/schema";

/** After it was made: the one time that it can be seen. */
export function PasswordShown({ made, onClose }: { made: MadePassword; onClose: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      {made.password === null ? (
        <Callout tone="ok" title="The password is set">
          <bdi>{made.name}</bdi> is asked to change it after signing in.
        </Callout>
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-2 rounded-lg border bg-sunken px-3 py-2.5">
            <code
              className="min-w-0 flex-1 font-mono text-base break-all select-all"
              data-testid="made-password"
            >
              {made.password}
            </code>
            <CopyButton wide text={made.password} label="Copy" />
          </div>
          <Callout tone="warn" title="It is shown this once">
            Give it to <bdi>{made.name}</bdi> in a way that nobody else sees. It has to be changed after
            signing in.
          </Callout>
        </>
      )}
      <div className="flex justify-end">
        <Button variant="primary" onClick={onClose} data-autofocus>
          Done
        </Button>
      </div>
    </div>
  );
}

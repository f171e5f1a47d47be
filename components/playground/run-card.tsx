"use client";

import { useQueryClient } from "@tanstack/react-query";
import { FlaskConical, Undo2, UserRound } from "lucide-react";
import { Failure } from "@/components/query/failure";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Mono } from "@/components/ui/code";
import { Countdown } from "@/components/ui/countdown";
import { TextLink } from "@/components/ui/text-link";
import { formatCount } from "@/lib/format";
import type { PlaygroundRun, RestoreResult } from "@/lib/redis/playground/types";
import { useRestore } from "./mutations";
import { playgroundKeys } from "./queries";

export type RunCardProps = { run: PlaygroundRun; busy: boolean; onRestored: (result: RestoreResult) => void };

/** For whom, until when, and the way back. */
export function RunCard({ run, busy, onRestored }: RunCardProps) {
  const client = useQueryClient();
  const restore = useRestore(run.userRef);
  const left = restore.data && restore.data.others > 0 ? restore.data : null;
  const putBack = (others: boolean) =>
    restore.mutate(others, {
      onSuccess: async (result) => {
        if (result.others === 0) onRestored(result);
        await client.invalidateQueries({
          predicate: ({ queryKey }) => queryKey[0] !== playgroundKeys.all[0],
        });
      },
    });
  return (
    <Card aria-labelledby="playground-run">
      <CardHeader
        id="playground-run"
        title={run.throwAway ? "Throw-away person" : "Chosen person"}
        icon={run.throwAway ? <FlaskConical aria-hidden /> : <UserRound aria-hidden />}
        actions={run.throwAway ? null : <Badge tone="warn">real store</Badge>}
      />
      <CardBody className="flex flex-col gap-3 text-sm">
        <TextLink href={`/users/${run.userRef}`}>
          <Mono>{run.label}</Mono>
        </TextLink>
        <p className="text-fg-muted">
          {run.throwAway
            ? "Nothing was there before. Put back, everything of this person goes."
            : `${formatCount(run.keptKeys)} keys were copied before the first message, by ${run.by}.`}{" "}
          Can be put back for <Countdown untilMs={run.untilMs} className="font-medium text-fg" />.
        </p>
        <Failure error={restore.error} />
        {left ? (
          <Callout
            tone="warn"
            title={`${formatCount(left.others)} keys that somebody else wrote meanwhile were left`}
            action={
              <Button size="sm" variant="danger" pending={restore.isPending} onClick={() => putBack(true)}>
                Put those back too
              </Button>
            }
          >
            What the playground wrote is put back. Theirs would be lost.
          </Callout>
        ) : null}
        <Button
          icon={<Undo2 />}
          variant="primary"
          pending={restore.isPending && !left}
          disabled={busy}
          onClick={() => putBack(false)}
        >
          Put back as it was
        </Button>
      </CardBody>
    </Card>
  );
}

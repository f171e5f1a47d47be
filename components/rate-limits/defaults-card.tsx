"use client";

import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Mono } from "@/components/ui/code";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import { formatCount } from "@/lib/format";
import type { WindowSetting } from "@/lib/redis/rate-limits/schema";
import { DefaultDialog } from "./default-dialog";
import { timeLeft } from "./limit-words";

export type DefaultsCardProps = { windows: WindowSetting[]; mayEdit: boolean };

/** What holds for whoever has no limit of their own. Which windows there are is configuration: RATE_LIMIT_WINDOWS. */
export function DefaultsCard({ windows, mayEdit }: DefaultsCardProps) {
  const [open, setOpen] = useState<string | null>(null);
  const [begun, setBegun] = useState(0);
  const editing = windows.find(({ name }) => name === open);
  return (
    <Card aria-labelledby="default-limits" className="overflow-clip">
      <CardHeader
        id="default-limits"
        icon={<SlidersHorizontal aria-hidden />}
        title="Limits for everyone"
        description="for whoever has none of their own"
      />
      <Table caption="Limits for everyone">
        <THead>
          <TR>
            <TH>Window</TH>
            <TH>Field</TH>
            <TH align="right">Length</TH>
            <TH align="right">Requests</TH>
            <TH>Set</TH>
            {mayEdit ? (
              <TH>
                <span className="sr-only">Change</span>
              </TH>
            ) : null}
          </TR>
        </THead>
        <TBody>
          {windows.map((window) => (
            <TR key={window.name}>
              <TD label="Window" className="capitalize">
                {window.name}
              </TD>
              <TD label="Field">
                <Mono>{window.field}</Mono>
              </TD>
              <TD label="Length" align="right" className="whitespace-nowrap tabular-nums">
                {timeLeft(window.seconds * 1000)}
              </TD>
              <TD label="Requests" align="right" className="tabular-nums">
                {formatCount(window.limit)}
              </TD>
              <TD label="Set">
                <Setting window={window} />
              </TD>
              {mayEdit ? (
                <TD align="right">
                  <Button size="sm" variant="ghost" onClick={() => setOpen(window.name)}>
                    Change<span className="sr-only"> the limit per {window.name}</span>
                  </Button>
                </TD>
              ) : null}
            </TR>
          ))}
        </TBody>
      </Table>
      {editing ? (
        <DefaultDialog
          key={begun}
          window={editing}
          onClose={() => setOpen(null)}
          onBeginAgain={() => setBegun(begun + 1)}
        />
      ) : null}
    </Card>
  );
}

function Setting({ window: { setBy, builtInLimit } }: { window: WindowSetting }) {
  if (!setBy) return <span className="text-fg-muted">built in or configured</span>;
  return (
    <span>
      <span data-tip={setBy.setById ? `Operator ${setBy.setById}` : undefined}>{setBy.setBy}</span>{" "}
      <TimeAgo ms={setBy.setAtMs} className="text-fg-muted" />
      <span className="text-fg-muted">, instead of {formatCount(builtInLimit)}</span>
    </span>
  );
}

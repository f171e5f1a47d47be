"use client";

import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { Mono } from "@/components/ui/code";
import { Count } from "@/components/ui/count";
import { Countdown } from "@/components/ui/countdown";
import { MaskedMark } from "@/components/ui/masked-mark";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { VisibleText } from "@/components/ui/visible-text";
import { formatBytes } from "@/lib/format";
import type { OtherField, RateLimits } from "@/lib/redis/rate-limits/schema";

/** Fields of the counter hash that no window of this console counts in. Nothing where there are none. */
export function OtherFields({ limits }: { limits: RateLimits }) {
  const { otherFields, otherFieldsComplete, clockOffsetMs } = limits;
  if (otherFields.length === 0) return null;
  return (
    <Card aria-labelledby="other-fields">
      <CardHeader
        id="other-fields"
        title="Other fields"
        description="In the same hash, counted by no window of this console"
      />
      <Table caption="Other fields of the counter hash">
        <THead>
          <TR>
            <TH>Field</TH>
            <TH>Value</TH>
            <TH align="right">Life</TH>
          </TR>
        </THead>
        <TBody>
          {otherFields.map((other) => (
            <TR key={other.field}>
              <TD label="Field">
                <Mono>{other.field}</Mono>
              </TD>
              <TD label="Value">
                <Value field={other} />
              </TD>
              <TD label="Life" align="right">
                {other.expiresAtMs === null ? (
                  <span className="text-fg-muted">no end</span>
                ) : (
                  <Countdown untilMs={other.expiresAtMs} offsetMs={clockOffsetMs} />
                )}
              </TD>
            </TR>
          ))}
        </TBody>
      </Table>
      <CardFooter>
        <span>
          <Count value={otherFields.length} atLeast={!otherFieldsComplete} /> other{" "}
          {otherFields.length === 1 && otherFieldsComplete ? "field" : "fields, in the order of the hash"}
        </span>
      </CardFooter>
    </Card>
  );
}

function Value({ field }: { field: OtherField }) {
  if (field.valueBytes === null) return <MaskedMark />;
  if (field.valueText === "" && field.valueBytes > 0) {
    return <span className="text-fg-muted">{formatBytes(field.valueBytes)}, too long to show</span>;
  }
  if (field.valueBytes === 0) return <span className="text-fg-muted">empty</span>;
  return <VisibleText text={field.valueText} className="font-mono text-xs" />;
}

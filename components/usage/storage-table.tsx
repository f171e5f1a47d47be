"use client";

import { ClassChip } from "@/components/data-class/data-class";
import { Countdown } from "@/components/ui/countdown";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { StorageKey, StorageSort } from "@/lib/redis/usage/schema";
import { ExactSizeButton } from "./exact-size-button";
import { storageAddress } from "./storage-address";

const DISPUTES: Record<NonNullable<StorageKey["dispute"]>, string> = {
  "outside-grammar": "no session, counter or memory by its name",
  "wrong-type": "a known name over another type of value",
  "other-owner": "its user_id names somebody else",
  "other-form": "written in the form with braces, which is not configured",
};

export type StorageTableProps = {
  userRef: string;
  sort: StorageSort;
  keys: StorageKey[];
  /** Names are replaced, and no size is exact. */
  masked: boolean;
};

export function StorageTable({ userRef, sort, keys, masked }: StorageTableProps) {
  const head = (own: StorageSort, direction: "asc" | "desc") => ({
    sort: sort === own ? direction : null,
    href: storageAddress(userRef, 1, own),
  });
  return (
    <Table list caption="Every key of this person">
      <THead>
        <TR>
          <TH {...head("key", "asc")}>Key</TH>
          <TH>Class</TH>
          <TH>Type</TH>
          <TH align="right">Length</TH>
          <TH align="right" {...head("life", "asc")}>
            Life
          </TH>
          <TH align="right" {...head("size", "desc")}>
            Bytes
          </TH>
        </TR>
      </THead>
      <TBody>
        {keys.map((key) => (
          <TR key={key.ref}>
            <TD className="font-mono text-[0.93em] sm:max-w-[28rem]">
              <span className="block break-all">
                <VisibleText inline limit={240} text={key.label} />
                {key.dispute ? (
                  <span className="block font-sans text-xs text-class-disputed-fg">
                    {DISPUTES[key.dispute]}
                  </span>
                ) : null}
              </span>
            </TD>
            <TD label="Class">
              <ClassChip class={key.class} />
            </TD>
            <TD className="text-fg-muted max-sm:hidden">{key.type}</TD>
            <TD align="right" label="Length" className="whitespace-nowrap text-fg-muted">
              {key.length === null ? "—" : `${formatCount(key.length)} ${unitOf(key)}`}
            </TD>
            <TD align="right" label="Life" className="whitespace-nowrap">
              {key.endsAtMs === null ? (
                <span className="text-fg-subtle">no end</span>
              ) : (
                <Countdown untilMs={key.endsAtMs} />
              )}
            </TD>
            <TD align="right" label="Bytes" className="whitespace-nowrap">
              <ExactSizeButton userRef={userRef} storageKey={key} masked={masked} />
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

function unitOf({ length, lengthUnit }: StorageKey): string {
  if (lengthUnit === "entries") return length === 1 ? "entry" : "entries";
  return length === 1 ? (lengthUnit ?? "").slice(0, -1) : (lengthUnit ?? "");
}

"use client";

import { useState } from "react";
import { Mono } from "@/components/ui/code";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { formatCount } from "@/lib/format";
import type { IndexDto, IndexesState } from "@/lib/redis/indexes/types";
import { useDropIndex } from "./mutations";

export type DropIndexProps = { index: IndexDto; state: IndexesState; onClose: () => void };

/** FT.DROPINDEX without DD: what goes, what stays, and what would stop working. */
export function DropIndex({ index, state, onClose }: DropIndexProps) {
  const drop = useDropIndex();
  const heirs = state.indexes.filter(
    ({ name, keyType, coverage }) => name !== index.name && keyType === "HASH" && coverage !== "none",
  );
  const stops = whatStops(index, state);
  const [handTo, setHandTo] = useState<string | null>(stops.length > 0 ? (heirs[0]?.name ?? null) : null);
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      danger
      title={`Drop the index ${index.name}`}
      requireText={index.name}
      confirmLabel={`Drop the index of ${formatCount(index.documents)} documents`}
      onConfirm={async () => {
        await drop.mutateAsync({ name: index.name, confirm: index.name, inUse: stops.length > 0, handTo });
      }}
      body={
        <div className="flex flex-col gap-3">
          <p>
            Every memory stays as it is: only the index goes, and with it what it knows of words and vectors.
            It can be built again from the memories.
          </p>
          {stops.length > 0 ? (
            <div className="text-fg">
              <p className="font-medium">
                It is in use. What stops{handTo === null ? "" : " unless it is handed on"}:
              </p>
              <ul className="ml-5 list-disc">
                {stops.map((what) => (
                  <li key={what}>{what}</li>
                ))}
              </ul>
            </div>
          ) : null}
          {heirs.length > 0 ? (
            <Field
              label="Its name and its aliases"
              hint={
                handTo === null ? (
                  "Searches by them fail from then on."
                ) : (
                  <>
                    Turned in the same step, so searches by <Mono>{index.name}</Mono> never find nothing
                    there.
                  </>
                )
              }
            >
              <Select value={handTo ?? ""} onChange={(event) => setHandTo(event.target.value || null)}>
                <option value="">lead nowhere</option>
                {heirs.map(({ name }) => (
                  <option key={name} value={name}>
                    lead to {name} as aliases
                  </option>
                ))}
              </Select>
            </Field>
          ) : null}
        </div>
      }
    />
  );
}

/** In words; empty where nobody is known to use it. */
function whatStops(index: IndexDto, state: IndexesState): string[] {
  const { active, configuredName } = state;
  const { adopted, configured, aliases } = index.uses;
  const next = nextInUse(index, state);
  const goesOver =
    next === null ? "comparing one person's memories one by one" : `the index ${next.name} instead`;
  return [
    ...(active?.name === index.name
      ? [`this console's search, which goes over to ${goesOver}`]
      : adopted
        ? ["this console's choice of an index"]
        : []),
    ...(configured
      ? [`recall of assistants that search by ${configuredName}, as this console is configured`]
      : []),
    ...aliases.filter((alias) => alias !== configuredName).map((alias) => `searches by the alias ${alias}`),
  ];
}

/** What the console takes when this one is gone and nothing leads from its name: see active-index.ts on the server. */
function nextInUse(index: IndexDto, { indexes, configuredName }: IndexesState): IndexDto | null {
  const left = indexes.filter(({ name }) => name !== index.name);
  const configured = left.find(
    ({ name, uses }) => name === configuredName || uses.aliases.includes(configuredName),
  );
  const covering = left.filter(({ coverage, keyType }) => coverage === "all" && keyType === "HASH");
  return configured ?? (covering.length === 1 ? covering[0]! : null);
}

"use client";

import { ShieldQuestionMark } from "lucide-react";
import { Bytes } from "@/components/ui/bytes";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/input";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { DisputedKey, ErasurePreview } from "@/lib/redis/erasure/schema";
import { keysText, reasonSentence } from "./words";

type Props = {
  disputed: ErasurePreview["disputed"];
  ticked: ReadonlySet<string>;
  onTick: (keyRef: string, ticked: boolean) => void;
};

/** Keys whose owner is in doubt: shown, and erased only when somebody decides so, one by one. */
export function DisputedCard({ disputed, ticked, onTick }: Props) {
  const { total, items } = disputed;
  return (
    <Card aria-labelledby="disputed">
      <CardHeader
        id="disputed"
        icon={<ShieldQuestionMark aria-hidden style={{ color: "var(--class-disputed-fg)" }} />}
        title={total === 1 ? "1 key is in doubt" : `${formatCount(total)} keys are in doubt`}
        description={
          total === 1
            ? "It stays, unless you tick it: it is not certain whose it is."
            : "They stay, unless you tick them: it is not certain whose they are."
        }
      />
      <ul>
        {items.map((item) => (
          <DisputedRow
            key={item.keyRef}
            item={item}
            ticked={ticked.has(item.keyRef)}
            onTick={(on) => onTick(item.keyRef, on)}
          />
        ))}
      </ul>
      <CardFooter>
        <span aria-live="polite">
          {ticked.size === 0
            ? "None will be erased."
            : `${keysText(ticked.size)} of ${formatCount(total)} will be erased too.`}
        </span>
        {total > items.length ? (
          <span>
            The first {formatCount(items.length)} are listed; the others come when these are settled.
          </span>
        ) : null}
      </CardFooter>
    </Card>
  );
}

type RowProps = { item: DisputedKey; ticked: boolean; onTick: (ticked: boolean) => void };

function DisputedRow({ item, ticked, onTick }: RowProps) {
  return (
    <li className="border-b px-4 py-2.5 last:border-b-0 hover:bg-hover">
      <Checkbox
        checked={ticked}
        onChange={(event) => onTick(event.target.checked)}
        className="w-full"
        label={
          <span className="font-mono break-all">
            <VisibleText inline text={item.display.slice(0, 400)} />
          </span>
        }
        hint={
          <>
            {reasonSentence(item)} <span className="text-fg-subtle">· {item.type}</span>
            {item.sizeBytes === null ? null : (
              <span className="text-fg-subtle">
                {" "}
                · <Bytes value={item.sizeBytes} approx />
              </span>
            )}
          </>
        }
      />
    </li>
  );
}

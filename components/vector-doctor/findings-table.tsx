import { Checkbox } from "@/components/ui/input";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { formatCount } from "@/lib/format";
import { CURES, type CureCounts, FAULTS, type Fault, totalOf } from "@/lib/redis/vector-doctor/faults";
import type { FaultExampleDto } from "@/lib/redis/vector-doctor/types";
import { CURE_WORDS, FAULT_WORDS } from "./fault-words";

export type FindingsTableProps = {
  caption: string;
  faults: Record<Fault, CureCounts>;
  examples?: readonly FaultExampleDto[];
  /** Left out where nothing is to be chosen. */
  chosen?: readonly Fault[];
  onChoose?: (chosen: Fault[]) => void;
};

/** Each fault with its count, its cure and some of the memories that have it. */
export function FindingsTable({ caption, faults, examples, chosen, onChoose }: FindingsTableProps) {
  const found = FAULTS.filter((fault) => totalOf(faults[fault]) > 0);
  return (
    <Table caption={caption}>
      <THead>
        <TR>
          <TH>Fault</TH>
          <TH align="right">Memories</TH>
          <TH>Cure</TH>
          {examples ? <TH>For example</TH> : null}
        </TR>
      </THead>
      <TBody>
        {found.map((fault) => {
          const { title, means } = FAULT_WORDS[fault];
          const words = (
            <span className="block">
              <span className="block font-medium">{title}</span>
              <span className="block text-xs text-fg-muted">{means}</span>
            </span>
          );
          return (
            <TR key={fault}>
              <TD>
                {chosen && onChoose ? (
                  <Checkbox
                    label={words}
                    checked={chosen.includes(fault)}
                    disabled={!isCurable(faults[fault])}
                    onChange={(event) =>
                      onChoose(
                        event.target.checked
                          ? FAULTS.filter((one) => one === fault || chosen.includes(one))
                          : chosen.filter((one) => one !== fault),
                      )
                    }
                  />
                ) : (
                  words
                )}
              </TD>
              <TD label="Memories" align="right" className="font-medium">
                {formatCount(totalOf(faults[fault]))}
              </TD>
              <TD label="Cure">
                <CureList counts={faults[fault]} />
              </TD>
              {examples ? (
                <TD label="For example">
                  <Examples examples={examples.filter((example) => example.fault === fault)} />
                </TD>
              ) : null}
            </TR>
          );
        })}
      </TBody>
    </Table>
  );
}

export function isCurable(counts: CureCounts): boolean {
  return CURES.some((cure) => counts[cure] > 0);
}

function CureList({ counts }: { counts: CureCounts }) {
  const some = ([...CURES, "no-text", "no-model"] as const).filter((cure) => counts[cure] > 0);
  return (
    <ul>
      {some.map((cure) => (
        <li key={cure} className={cure.startsWith("no-") ? "text-fg-muted" : undefined}>
          {CURE_WORDS[cure]}
          {some.length > 1 ? <span className="text-fg-muted"> · {formatCount(counts[cure])}</span> : null}
        </li>
      ))}
    </ul>
  );
}

function Examples({ examples }: { examples: readonly FaultExampleDto[] }) {
  if (examples.length === 0) return <span className="text-fg-muted">–</span>;
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1">
      {examples.map(({ user, memoryRef }) => (
        <li key={`${user.ref} ${memoryRef}`} className="max-w-48 truncate">
          <TextLink className="underline" href={`/users/${user.ref}/memories?memory=${memoryRef}`}>
            <bdi>{user.label}</bdi>
          </TextLink>
        </li>
      ))}
    </ul>
  );
}

import { ClassChip } from "@/components/data-class/data-class";
import { Bytes } from "@/components/ui/bytes";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { VisibleText } from "@/components/ui/visible-text";
import { formatDuration } from "@/lib/format";
import type { FoundKeyDto } from "@/lib/redis/usage/schema";

/** The largest keys of the store, each with the person it belongs to. */
export function BiggestKeys({ keys }: { keys: FoundKeyDto[] }) {
  return (
    <Table list caption="The biggest keys">
      <THead>
        <TR>
          <TH>Key</TH>
          <TH>Class</TH>
          <TH>Type</TH>
          <TH align="right">Life at the scan</TH>
          <TH align="right">Bytes</TH>
        </TR>
      </THead>
      <TBody>
        {keys.map((key) => (
          <TR key={key.label}>
            <TD className="font-mono text-[0.93em] sm:max-w-96">
              <span className="block truncate">
                {key.userRef ? (
                  <TextLink href={`/users/${key.userRef}/storage`}>
                    <VisibleText inline limit={120} text={key.label} />
                  </TextLink>
                ) : (
                  <VisibleText inline limit={120} text={key.label} />
                )}
              </span>
            </TD>
            <TD label="Class">
              <ClassChip class={key.class} />
            </TD>
            <TD label="Type" className="text-fg-muted">
              {key.type}
            </TD>
            <TD align="right" label="Life at the scan" className="text-fg-muted">
              {key.ttlMs === null ? "no end" : formatDuration(key.ttlMs)}
            </TD>
            <TD align="right" label="Bytes">
              <Bytes value={key.sizeBytes} approx />
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

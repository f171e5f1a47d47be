import { Badge } from "@/components/ui/badge";
import { Mono } from "@/components/ui/code";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { formatCount } from "@/lib/format";
import type { IndexDto, IndexFieldDto } from "@/lib/redis/indexes/types";

export function FieldsTable({ index }: { index: IndexDto }) {
  return (
    <Table caption={`Fields of ${index.name}`}>
      <THead>
        <TR>
          <TH>Field</TH>
          <TH>Type</TH>
          <TH>Options</TH>
          <TH align="right">Failures</TH>
        </TR>
      </THead>
      <TBody>
        {index.fields.map((field) => (
          <TR key={field.name}>
            <TD>
              <Mono>{field.name}</Mono>
              {field.identifier === field.name ? null : (
                <span className="ml-2 text-xs text-fg-muted">
                  from <Mono>{field.identifier}</Mono>
                </span>
              )}
            </TD>
            <TD label="Type">
              <Badge>{field.type}</Badge>
            </TD>
            <TD label="Options" className="text-fg-muted">
              {optionsText(field) || "–"}
            </TD>
            <TD label="Failures" align="right">
              <span className={field.failures > 0 ? "font-medium text-warn-fg" : "text-fg-muted"}>
                {formatCount(field.failures)}
              </span>
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

function optionsText({ vector, options, flags }: IndexFieldDto): string {
  const ofVector = vector
    ? [
        `${formatCount(vector.dimensions)} dimensions`,
        vector.algorithm,
        vector.dataType,
        `${vector.metric.toLowerCase()} distance`,
      ]
    : [];
  const named = options
    // Everybody's weight is 1, and a comma is what ids are split at unless told otherwise.
    .filter(({ name, value }) => !(name === "WEIGHT" && value === "1"))
    .map(({ name, value }) => `${name.toLowerCase().replaceAll("_", " ")} ${visible(value)}`);
  return [...ofVector, ...named, ...flags.map((flag) => flag.toLowerCase())].join(" · ");
}

/** A separator may be a control byte. */
function visible(value: string): string {
  return value.replace(/[^\x21-\x7e]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

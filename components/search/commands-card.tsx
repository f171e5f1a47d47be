import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code";
import { MaskedMark } from "@/components/ui/masked-mark";
import { StackedBar } from "@/components/ui/stacked-bar";
import { formatCount, formatMs } from "@/lib/format";
import type { SearchCommand, SearchResult } from "@/lib/redis/recall/types";
import { pastePlace, pasteText, shortened } from "./command-words";

const PURPOSE: Record<SearchCommand["purpose"], string> = {
  vector: "Nearest by meaning",
  words: "Best by words",
  fetch: "Whose each hit is, read raw",
  length: "How long its text is",
  content: "Its text",
  scan: "All keys of this person",
  "left-out": "All that pass the filter, to count whom meaning leaves out",
};

/** The exact commands, ready to be pasted into redis-cli, and where the time went. */
export function CommandsCard({ result }: { result: SearchResult }) {
  const { timings, commands } = result;
  const total = timings.embedMs + timings.searchMs + timings.fetchMs;
  const parts = [
    { label: "Embed", ms: timings.embedMs, color: "var(--accent)" },
    {
      label: result.basis === "index" ? "Search" : "Scan",
      ms: timings.searchMs,
      color: "var(--class-index)",
    },
    { label: "Fetch", ms: timings.fetchMs, color: "var(--class-memories)" },
  ].filter(({ ms }) => ms > 0);
  return (
    <Card>
      <CardHeader
        title="Behind it"
        description={`${formatMs(total)} in all`}
        actions={
          result.masked ? <MaskedMark tip="What was looked for is left out of the commands" /> : undefined
        }
      />
      <CardBody className="flex flex-col gap-4">
        <StackedBar
          label="Where the time went"
          parts={parts.map(({ label, ms, color }) => ({ label, value: ms, color, valueText: formatMs(ms) }))}
        />
        {commands.map((command) => (
          <CodeBlock
            key={command.text}
            label={`${PURPOSE[command.purpose]}${timesText(command)} · ${command.ms === null ? "in the same round trip" : formatMs(command.ms)}${result.masked ? "" : pastePlace(command.text)}`}
            text={shortened(command.text)}
            copyText={pasteText(command.text)}
          />
        ))}
      </CardBody>
    </Card>
  );
}

const PER_HIT: SearchCommand["purpose"][] = ["fetch", "length", "content"];

function timesText({ times, purpose }: SearchCommand): string {
  if (times === 1) return "";
  return PER_HIT.includes(purpose)
    ? ` · ${formatCount(times)} like this`
    : ` · asked ${formatCount(times)} times`;
}

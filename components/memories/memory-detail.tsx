import { ChevronRight, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Bytes } from "@/components/ui/bytes";
import { Callout } from "@/components/ui/callout";
import { MaskedMark } from "@/components/ui/masked-mark";
import { MaskedText } from "@/components/ui/masked-text";
import { TimeAgo } from "@/components/ui/time-ago";
import { VisibleText } from "@/components/ui/visible-text";
import type { MemoryDetail as Detail } from "@/lib/redis/memories/types";
import { Facts } from "./facts";
import { Importance } from "./importance";
import { IndexedBadge } from "./indexed-badge";
import { MemoryLife } from "./memory-life";
import { problemsOf } from "./problems";
import { RawHash } from "./raw-hash";
import { VectorPanel } from "./vector-panel";

/** One memory to read: the text first, then what is wrong with it, then how it is kept. */
export function MemoryDetail({ memory }: { memory: Detail }) {
  const problems = problemsOf(memory);
  return (
    <div className="flex flex-col gap-5">
      {memory.content === "" ? (
        <p className="text-fg-subtle italic">no text</p>
      ) : memory.masked ? (
        <MaskedText text={memory.content} className="block text-lg leading-relaxed whitespace-pre-wrap" />
      ) : (
        <VisibleText text={memory.content} className="text-lg leading-relaxed" />
      )}
      {memory.masked ? <MaskedMark /> : null}
      {problems.length > 0 ? (
        <Callout tone="warn" icon={<TriangleAlert aria-hidden />} title="Not as a memory should be">
          <ul className="list-inside list-disc">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Callout>
      ) : null}
      <Facts
        facts={[
          ["Importance", <Importance key="importance" importance={memory.importance} />],
          ["Learned", <TimeAgo key="age" ms={memory.timestampMs} none="no time" />],
          ["Life", <MemoryLife key="life" ttlMs={memory.ttlMs} readAtMs={memory.readAtMs} />],
          [
            "Text",
            <span key="text">
              {memory.masked && memory.contentBytes > 0 ? "up to " : null}
              <Bytes value={memory.contentBytes} />
            </span>,
          ],
          [
            "In memory",
            memory.sizeBytes === null ? "not known" : <Bytes key="size" value={memory.sizeBytes} approx />,
          ],
          ["Search by meaning", <IndexedBadge key="indexed" indexed={memory.indexed} />],
        ]}
      />
      {memory.indexed.reason ? <p className="-mt-2 text-sm text-fg-muted">{memory.indexed.reason}</p> : null}
      <Section title="Embedding" open>
        <VectorPanel vector={memory.vector} masked={memory.masked} />
      </Section>
      <Section title="As stored in Redis">
        <RawHash memory={memory} />
      </Section>
    </div>
  );
}

function Section({ title, open, children }: { title: string; open?: boolean; children: ReactNode }) {
  return (
    <details open={open} className="group border-t pt-3">
      <summary className="flex cursor-pointer list-none items-center gap-1 rounded-sm text-sm font-medium [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-4 text-fg-subtle transition-transform duration-100 group-open:rotate-90"
        />
        {title}
      </summary>
      <div className="pt-3">{children}</div>
    </details>
  );
}

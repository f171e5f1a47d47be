"use client";

import { ChevronRight, TriangleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Bytes } from "@/components/ui/bytes";
import { Callout } from "@/components/ui/callout";
import { MaskedMark } from "@/components/ui/masked-mark";
import { MaskedText } from "@/components/ui/masked-text";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import { VisibleText } from "@/components/ui/visible-text";
import type { MemoryDetail as Detail } from "@/lib/redis/memories/types";
import { Facts } from "./facts";
import { whyAddress } from "./filters";
import { HistoryList } from "./history-list";
import { Importance } from "./importance";
import { IndexedBadge } from "./indexed-badge";
import { MemoryLife } from "./memory-life";
import { problemsOf } from "./problems";
import { RawHash } from "./raw-hash";
import { RepairList } from "./repair-list";
import { VectorPanel } from "./vector-panel";

export type MemoryDetailProps = { userRef: string; memory: Detail; canEdit: boolean };

/** One memory to read: the text first, then what is wrong with it, then how it is kept and what was done to it. */
export function MemoryDetail({ userRef, memory, canEdit }: MemoryDetailProps) {
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
              <li key={problem}>
                <VisibleText text={problem} inline className="!whitespace-normal" />
              </li>
            ))}
          </ul>
        </Callout>
      ) : null}
      {canEdit ? <RepairList userRef={userRef} memory={memory} /> : null}
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
      <p className="-mt-2 text-sm text-fg-muted">
        {memory.indexed.reason ? `${memory.indexed.reason} ` : null}
        <TextLink href={whyAddress(userRef, memory.ref)}>Why was it not found?</TextLink>
      </p>
      <Section title="Embedding" open>
        <VectorPanel vector={memory.vector} masked={memory.masked} />
      </Section>
      <Section title="As stored in Redis">
        <RawHash memory={memory} />
      </Section>
      <Section title="History of edits here">
        <HistoryList userRef={userRef} memory={memory.ref} />
      </Section>
    </div>
  );
}

/** What stands in a closed section is not asked for. */
function Section({ title, open = false, children }: { title: string; open?: boolean; children: ReactNode }) {
  const [opened, setOpened] = useState(open);
  return (
    <details
      open={open}
      className="group border-t pt-3"
      onToggle={(event) => (event.currentTarget.open ? setOpened(true) : undefined)}
    >
      <summary className="flex cursor-pointer list-none items-center gap-1 rounded-sm text-sm font-medium [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-4 text-fg-subtle transition-transform duration-100 group-open:rotate-90"
        />
        {title}
      </summary>
      <div className="pt-3">{opened ? children : null}</div>
    </details>
  );
}

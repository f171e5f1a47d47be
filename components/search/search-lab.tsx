"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useCallback, useEffect, useRef, useState } from "react";
import { ConsoleError } from "@/components/query/console-error";
import { Card } from "@/components/ui/card";
import type { WhyChange } from "@/lib/redis/recall/why-types";
import type { LabFilters } from "./address";
import { labAddress, queryOfFragment, testAddress } from "./address";
import { changedDraft } from "./changed-draft";
import { type LabDraft, type LabInput, type LabProblems, labInput, NO_PROBLEMS } from "./lab-input";
import { LabResults } from "./lab-results";
import { searchQuery, searchSetupQuery } from "./queries";
import { SearchForm } from "./search-form";
import { SetupNote } from "./setup-note";
import { countWords } from "./words";

const CompareView = dynamic(() => import("./compare-view").then((module) => module.CompareView));
const ExpectedPicker = dynamic(() => import("./expected-picker").then((module) => module.ExpectedPicker));
const VectorSetsCard = dynamic(() => import("./vector-sets-card").then((module) => module.VectorSetsCard));
const WhyPanel = dynamic(() => import("./why-panel").then((module) => module.WhyPanel));

/** Query, person, settings and filters at the left; what they recall at the right, with the commands behind it. */
export function SearchLab({ initial, canTest }: { initial: LabFilters; canTest: boolean }) {
  const setup = useQuery(searchSetupQuery(initial.user));
  const [draft, setDraft] = useState<LabDraft>({
    ...initial,
    query: "",
    userText: "",
    vector: "",
    byteOrder: "little",
  });
  const [problems, setProblems] = useState<LabProblems>(NO_PROBLEMS);
  const [asked, setAsked] = useState<(LabInput & { draft: LabDraft }) | null>(null);
  const [picking, setPicking] = useState(false);
  const result = useQuery(searchQuery(asked?.input ?? null));
  const other = useQuery(searchQuery(asked?.other ?? null));

  const search = useCallback((next: LabDraft) => {
    const read = labInput(next);
    setProblems("problems" in read ? read.problems : NO_PROBLEMS);
    if ("asked" in read) setAsked({ ...read.asked, draft: next });
    return "asked" in read;
  }, []);

  const change = (changes: Partial<LabDraft>, searchNow = false) => {
    const next = { ...draft, ...changes };
    setDraft(next);
    setProblems(NO_PROBLEMS);
    // A switch is followed at once by whoever has searched already; text waits for Enter.
    if (searchNow && asked) search(next);
  };

  // A link's query stands in the fragment, which only the browser knows.
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const query = queryOfFragment(window.location.hash);
    if (query === "") return;
    setDraft((known) => ({ ...known, query }));
    search({ ...draft, query });
  }, [draft, search]);

  // The address follows what was answered: the person by reference, never by id.
  const answered = asked && result.data && !result.isPlaceholderData ? result.data : undefined;
  useEffect(() => {
    if (!answered || !asked) return;
    const user = answered.user?.ref ?? null;
    window.history.replaceState(null, "", labAddress({ ...asked.draft, user }, asked.draft.query));
  }, [answered, asked]);

  const person = answered?.user?.ref ?? asked?.draft.user ?? draft.user;
  const expect = (memory: string | null) => {
    setPicking(false);
    const next = { ...draft, memory, user: memory === null ? draft.user : person };
    setDraft(next);
    if (asked) search(next);
  };
  const apply = (changes: WhyChange[]) => {
    const next = changes.reduce(changedDraft, draft);
    setDraft(next);
    search(next);
  };
  const field = result.error instanceof ConsoleError ? result.error.field : undefined;
  const told = field ? withServerProblem(problems, field, result.error) : problems;
  const expected = asked?.draft.memory ?? draft.memory;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[320px_minmax(0,1fr)]">
      <Card className="lg:sticky lg:top-[64px] lg:max-h-[calc(100dvh-80px)] lg:overflow-y-auto">
        <SearchForm
          draft={
            draft.user
              ? { ...draft, userText: setup.data?.user?.label ?? answered?.user?.label ?? "" }
              : draft
          }
          problems={told}
          setup={setup.data}
          pending={result.isFetching || other.isFetching}
          onChange={change}
          onSubmit={() => {
            if (!search(draft) || !asked) return;
            // The same question once more is asked anew.
            if (!result.isFetching) void result.refetch();
            if (asked.other && !other.isFetching) void other.refetch();
          }}
        />
        {setup.data ? (
          <SetupNote
            setup={setup.data}
            everyone={draft.user === null && draft.userText === ""}
            chosen={draft.settings.index}
          />
        ) : null}
      </Card>
      <p role="status" className="sr-only">
        {answered ? `${countWords(answered.hits.length)} found` : ""}
      </p>
      <div className="flex min-w-0 flex-col gap-4">
        {expected && person ? (
          <WhyPanel
            input={asked ? { ...asked.input, userRef: person, memoryRef: expected } : null}
            onClose={() => expect(null)}
            onApply={apply}
          />
        ) : null}
        {picking && person ? <ExpectedPicker userRef={person} onPick={expect} /> : null}
        {asked?.other ? (
          <CompareView first={result} second={other} everyone={answered ? answered.user === null : false} />
        ) : (
          <LabResults
            result={result}
            asked={asked !== null}
            everyone={answered ? answered.user === null : false}
            onExample={(query) => {
              const next = { ...draft, query };
              setDraft(next);
              search(next);
            }}
            onMissing={person && !picking ? () => setPicking(true) : null}
            testHref={canTest && person && asked ? testAddress(person, asked.draft.query) : null}
          />
        )}
        {setup.data?.vectorSets && asked && person ? (
          <VectorSetsCard
            input={{
              userRef: person,
              query: asked.input.query,
              vector: asked.input.vector,
              byteOrder: asked.input.byteOrder,
              k: asked.input.k,
            }}
          />
        ) : null}
      </div>
    </div>
  );
}

/** What the server found wrong, at its field. */
function withServerProblem(problems: LabProblems, field: string, error: unknown): LabProblems {
  const message = error instanceof Error ? error.message : "";
  return {
    ...problems,
    fields: { ...problems.fields, [field]: message },
    settings: { ...problems.settings, [field]: message },
  };
}

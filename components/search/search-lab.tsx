"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { ConsoleError } from "@/components/query/console-error";
import { Card } from "@/components/ui/card";
import type { SearchInput } from "@/lib/redis/search/schema";
import { type LabFilters, labAddress, queryOfFragment } from "./address";
import { type FieldProblems, type LabDraft, labInput } from "./lab-input";
import { LabResults } from "./lab-results";
import { searchQuery, searchSetupQuery } from "./queries";
import { SearchForm } from "./search-form";
import { SetupNote } from "./setup-note";
import { countWords } from "./words";

/** Query, person and filters at the left; what they recall at the right, with the commands behind it. */
export function SearchLab({ initial }: { initial: LabFilters }) {
  const setup = useQuery(searchSetupQuery(initial.user));
  const [draft, setDraft] = useState<LabDraft>({ ...initial, query: "", userText: "", vector: "" });
  const [problems, setProblems] = useState<FieldProblems>({});
  const [asked, setAsked] = useState<{ input: SearchInput; draft: LabDraft } | null>(null);
  const result = useQuery(searchQuery(asked?.input ?? null));

  const search = useCallback((next: LabDraft) => {
    const read = labInput(next);
    setProblems("problems" in read ? read.problems : {});
    if ("input" in read) setAsked({ input: read.input, draft: next });
    return "input" in read;
  }, []);

  const change = (changes: Partial<LabDraft>, searchNow = false) => {
    const next = { ...draft, ...changes };
    setDraft(next);
    setProblems((known) => Object.fromEntries(Object.entries(known).filter(([name]) => !(name in changes))));
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

  const field = result.error instanceof ConsoleError ? result.error.field : undefined;
  const told = field ? { ...problems, [field]: result.error?.message } : problems;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[320px_minmax(0,1fr)]">
      <Card className="lg:sticky lg:top-[64px]">
        <SearchForm
          draft={draft.user ? { ...draft, userText: setup.data?.user?.label ?? "" } : draft}
          problems={told}
          metric={setup.data?.index?.metric ?? null}
          pending={result.isFetching}
          onChange={change}
          onSubmit={() => {
            if (search(draft) && asked && !result.isFetching) void result.refetch();
          }}
        />
        {setup.data ? (
          <SetupNote setup={setup.data} everyone={draft.user === null && draft.userText === ""} />
        ) : null}
      </Card>
      <p role="status" className="sr-only">
        {answered ? `${countWords(answered.hits.length)} found` : ""}
      </p>
      <LabResults
        result={result}
        asked={asked !== null}
        everyone={answered ? answered.user === null : false}
        onExample={(query) => {
          const next = { ...draft, query };
          setDraft(next);
          search(next);
        }}
      />
    </div>
  );
}

"use client";

import { useCallback, useMemo, useRef, useState } from "react";
import { MAX_CHOSEN } from "@/lib/redis/memories/rules";

export type Chosen = { kind: "some"; refs: ReadonlySet<string> } | { kind: "all" };

export interface Selection {
  chosen: Chosen;
  isChosen: (ref: string) => boolean;
  /** @param index its place in the list, for choosing up to the next one; @param upTo everything since the last one */
  toggle: (ref: string, index: number, upTo: boolean) => void;
  chooseAll: () => void;
  clear: () => void;
}

const NOTHING: Chosen = { kind: "some", refs: new Set() };

/**
 * Which cards are chosen: some by their reference, or all that pass the filter, seen or not.
 * @param filter what names the filter: with another one the choice of all is no choice of anything
 * @param refAt the reference at a place of the list, where it is loaded
 */
export function useSelection(filter: string, refAt: (index: number) => string | undefined): Selection {
  const [{ chosen, of }, setState] = useState({ chosen: NOTHING, of: filter });
  const last = useRef<number | null>(null);
  const current = chosen.kind === "all" && of !== filter ? NOTHING : chosen;

  const toggle = useCallback(
    (ref: string, index: number, upTo: boolean) => {
      const from = upTo && last.current !== null ? last.current : index;
      last.current = index;
      setState((before) => {
        // All but one is no choice that could be sent: who wants that narrows the filter.
        if (before.chosen.kind === "all") return { chosen: NOTHING, of: filter };
        const refs = new Set(before.chosen.refs);
        const choose = !refs.has(ref);
        for (let at = Math.min(from, index); at <= Math.max(from, index); at += 1) {
          const one = at === index ? ref : refAt(at);
          if (one === undefined) continue;
          if (!choose) refs.delete(one);
          else if (refs.size < MAX_CHOSEN) refs.add(one);
        }
        return { chosen: { kind: "some", refs }, of: filter };
      });
    },
    [filter, refAt],
  );
  const chooseAll = useCallback(() => setState({ chosen: { kind: "all" }, of: filter }), [filter]);
  const clear = useCallback(() => setState({ chosen: NOTHING, of: filter }), [filter]);
  const isChosen = useCallback((ref: string) => current.kind === "all" || current.refs.has(ref), [current]);
  return useMemo(
    () => ({ chosen: current, isChosen, toggle, chooseAll, clear }),
    [current, isChosen, toggle, chooseAll, clear],
  );
}

/** How many are chosen, of so many that pass the filter. */
export function countChosen(chosen: Chosen, matching: number): number {
  return chosen.kind === "all" ? matching : chosen.refs.size;
}

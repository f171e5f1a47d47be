"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { ConsoleError } from "@/components/query/console-error";
import type { FoundMessages } from "@/lib/redis/sessions/find-schema";
import type { ConversationWindow } from "./conversation-window";
import type { SessionTarget } from "./mutations";
import { findMessages } from "./queries";

/** Typing is waited for; so are lists that are trimmed with every message. */
const WAIT_MS = 250;
/** Answers that are asked for by themselves, one after the other; then somebody says whether to go on. */
const ROUNDS = 10;

export interface Found {
  words: string;
  /** Oldest first; empty where messages are masked. */
  positions: number[];
  total: number;
  /** Positions before this were searched. */
  searched: number;
  length: number;
  listMark: string;
  cutMessages: number;
  masked: boolean;
}

/**
 * The search of a session on the server, over all messages. It goes on by itself where messages came, and begins
 * anew where the list was trimmed.
 */
export function useFind(
  { userRef, session }: SessionTarget,
  words: string,
  window: ConversationWindow | null,
) {
  const [found, setFound] = useState<Found | null>(null);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const abort = useRef<AbortController | null>(null);
  const wanted = words.trim() === "" ? "" : words;

  const run = useCallback(
    async (known: Found | null) => {
      abort.current?.abort();
      const mine = new AbortController();
      abort.current = mine;
      setRunning(true);
      setError(null);
      let so = known;
      try {
        for (let round = 0; round < ROUNDS; round += 1) {
          const input = so ? { words: wanted, from: so.searched, listMark: so.listMark } : { words: wanted };
          const answer = await findMessages(userRef, session, input, mine.signal);
          so = withAnswer(wanted, so, answer);
          if (mine.signal.aborted) return;
          setFound(so);
          if (answer.next === null) break;
        }
      } catch (failure) {
        if (mine.signal.aborted) return;
        if (so && failure instanceof ConsoleError && failure.code === "conflict") return void run(null);
        setError(failure as Error);
      }
      if (abort.current === mine) setRunning(false);
    },
    [userRef, session, wanted],
  );

  const oldest = window?.oldestDigest ?? null;
  useEffect(() => {
    if (wanted === "" || oldest === null) {
      abort.current?.abort();
      setFound(null);
      setRunning(false);
      setError(null);
      return;
    }
    const timer = setTimeout(() => void run(null), WAIT_MS);
    return () => clearTimeout(timer);
  }, [wanted, oldest, run]);
  useEffect(() => () => abort.current?.abort(), []);

  const grown = window !== null && found !== null && found.words === wanted && window.length > found.length;
  useEffect(() => {
    if (grown && !running && !error) void run(found);
  }, [grown, running, error, run, found]);

  const goOn = useCallback(() => void run(found), [run, found]);
  return { found: found?.words === wanted ? found : null, running, error, goOn };
}

function withAnswer(words: string, known: Found | null, answer: FoundMessages): Found {
  return {
    words,
    positions: [...(known?.positions ?? []), ...answer.positions],
    total: (known?.total ?? 0) + answer.total,
    searched: answer.next ?? answer.length,
    length: answer.length,
    listMark: answer.listMark,
    cutMessages: (known?.cutMessages ?? 0) + answer.cutMessages,
    masked: answer.masked === true,
  };
}

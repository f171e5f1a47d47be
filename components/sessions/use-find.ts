"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { ConversationWindow } from "./conversation-window";
import { type Found, withNewer, withOlder } from "./find-progress";
import type { SessionTarget } from "./mutations";
import { type FindInput, findMessages } from "./queries";

/** Typing is waited for; so are lists that are trimmed with every message. */
const WAIT_MS = 250;
/** Answers that are asked for by themselves, one after the other; then somebody says whether to go on. */
const ROUNDS = 10;

/**
 * The search of a session on the server, over all messages. Whenever the list changed it looks at what came, and begins
 * anew where the server says that messages were removed.
 */
export function useFind(
  { userRef, session }: SessionTarget,
  words: string,
  window: ConversationWindow | null,
) {
  const [found, setFound] = useState<Found | null>(null);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  /** The words and the list that the last search was begun for. */
  const [begun, setBegun] = useState({ words: "", list: "" });
  const abort = useRef<AbortController | null>(null);
  // The highlight of what was found knows no spaces around it either.
  const wanted = words.trim();
  const list = window ? `${window.length} ${window.newestDigest} ${window.oldestDigest}` : "";
  const known = useRef(found);
  known.current = found?.words === wanted ? found : null;

  const run = useCallback(async () => {
    abort.current?.abort();
    const mine = new AbortController();
    abort.current = mine;
    setBegun({ words: wanted, list });
    setRunning(true);
    setError(null);
    const ask = (more: Omit<FindInput, "words">) =>
      findMessages(userRef, session, { words: wanted, ...more }, mine.signal);
    let so = known.current;
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        if (round === 0 && so) so = withNewer(so, await ask({ from: so.end, listMark: so.listMark }));
        else so = withOlder(wanted, so, await ask(so ? { before: so.rest, listMark: so.listMark } : {}));
        if (mine.signal.aborted) return;
        if (so) setFound(so);
        if (so?.rest === 0) break;
      }
    } catch (failure) {
      if (mine.signal.aborted) return;
      setError(failure as Error);
    }
    if (abort.current === mine) setRunning(false);
  }, [userRef, session, wanted, list]);

  const isOther = begun.words !== wanted;
  const due = wanted !== "" && list !== "" && (isOther || (begun.list !== list && !running));
  useEffect(() => {
    if (!due) return;
    const timer = setTimeout(() => void run(), WAIT_MS);
    return () => clearTimeout(timer);
  }, [due, run]);
  const isNothing = wanted === "" || list === "";
  useEffect(() => {
    if (!isNothing) return;
    abort.current?.abort();
    setFound(null);
    setRunning(false);
    setError(null);
    setBegun({ words: "", list: "" });
  }, [isNothing]);
  useEffect(() => () => abort.current?.abort(), []);

  const here = found?.words === wanted ? found : null;
  // A list that became shorter has others at these places; they come back with the next answer.
  const isShorter = here !== null && window !== null && window.length < here.end;
  return { found: here, isShorter, running, error, goOn: run };
}

/**
 * What one tab of a browser does at a time. A Web Lock, which needs a secure context (HTTPS, or this very machine);
 * elsewhere a note in localStorage, which its holder renews and which counts for nothing once it is old.
 */

const RENEW_MS = 1_000;
const OLD_MS = 6_000;
/** Tabs that write at once see each other's notes a moment later; the last one counts. */
const SETTLE_MS = 100;

/**
 * Waits until it is this tab's turn, then works.
 * @param signal ends the waiting and the work
 * @param work is told by a signal of its own to stop, also when another tab has taken over from one that slept
 * @returns what the work did. Rejects when it was ended before its turn, or a tab can keep no note here.
 */
export function withTabLock<T>(
  name: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (navigator.locks) return navigator.locks.request(name, { signal }, () => work(signal));
  return withNote(name, signal, work);
}

async function withNote<T>(
  name: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = Math.random().toString(36).slice(2);
  const lost = new AbortController();
  let renewing: ReturnType<typeof setInterval> | undefined;
  // At once when it is ended: a page that is closed does not come to anything later.
  const release = () => {
    if (holderOf(name) === own) localStorage.removeItem(name);
  };
  signal.addEventListener("abort", release);
  try {
    do {
      while (holderOf(name) !== null) await noteChanged(name, signal);
      write(name, own);
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      signal.throwIfAborted();
    } while (holderOf(name) !== own);
    renewing = setInterval(() => (holderOf(name) === own ? write(name, own) : lost.abort()), RENEW_MS);
    return await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    clearInterval(renewing);
    signal.removeEventListener("abort", release);
    release();
  }
}

function write(name: string, holder: string): void {
  localStorage.setItem(name, `${holder} ${Date.now()}`);
}

/** @returns null when nobody holds it any more */
function holderOf(name: string): string | null {
  const [holder = "", atMs] = localStorage.getItem(name)?.split(" ") ?? [];
  return Math.abs(Date.now() - Number(atMs)) < OLD_MS ? holder : null;
}

/** Resolves when another tab takes its note away, and now and then. @throws when it is ended */
async function noteChanged(name: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const done = new AbortController();
  await new Promise<void>((resolve) => {
    const wake = { signal: done.signal };
    window.addEventListener(
      "storage",
      ({ key, newValue }) => key === name && newValue === null && resolve(),
      wake,
    );
    signal.addEventListener("abort", () => resolve(), wake);
    setTimeout(resolve, RENEW_MS);
  });
  done.abort();
  signal.throwIfAborted();
}

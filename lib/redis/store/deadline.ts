import { SafeError } from "../../errors";

/** Longest wait for one answer. A hung server is noticed by the socket after about 2 s. */
export const DEADLINE_MS = 3_000;

/** @throws SafeError `store_timeout`; the work itself goes on, and what it did stays unknown */
export async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new SafeError("store_timeout", `Redis did not answer within ${ms / 1000} s.`, {
            hint: "It may be busy or hung. Look again in a moment.",
          }),
        ),
      ms,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

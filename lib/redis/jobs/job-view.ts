/** Long work as a page shows it: plain JSON without what it was asked to do. */
import type { JobRecord, JobState } from "./job";

export type JobView<State extends JobState = JobState> = Omit<
  JobRecord<unknown, State>,
  "input" | "requestId"
>;

export function jobView<State extends JobState>(
  record: JobRecord<unknown, State> | null,
): JobView<State> | null {
  if (!record) return null;
  const { input: _input, requestId: _requestId, ...view } = record;
  return view;
}

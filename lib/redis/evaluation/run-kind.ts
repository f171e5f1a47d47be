/** What the floor of long work calls a run. */
export const RUN_KIND = "recall-run";

import { Callout } from "@/components/ui/callout";
import { Mono } from "@/components/ui/code";
import { formatCount } from "@/lib/format";
import type { IndexesState } from "@/lib/redis/indexes/types";
import { AdoptButton } from "./adopt-button";

/** What is wrong with the choice of an index, if anything is. */
export function ActiveNote({ state, canEdit }: { state: IndexesState; canEdit: boolean }) {
  const { active, indexes, missingAdopted } = state;
  return (
    <>
      {missingAdopted ? (
        <Callout
          tone="warn"
          title={
            <>
              The adopted index <Mono>{missingAdopted}</Mono> is gone
            </>
          }
          action={canEdit ? <AdoptButton name={null} label="Forget it" /> : undefined}
        >
          {active ? (
            <>
              Meanwhile <Mono>{active.name}</Mono> is used.
            </>
          ) : (
            "No index is in use."
          )}
        </Callout>
      ) : null}
      {active ? null : (
        <Callout tone="warn" title="No index is in use">
          There are {formatCount(indexes.length)}, and none of them is called{" "}
          <Mono>{state.configuredName}</Mono>. Adopt one, or create it: until then each person's memories are
          compared one by one.
        </Callout>
      )}
    </>
  );
}

import { describeError } from "@/components/query/console-error";
import { Callout } from "@/components/ui/callout";

/** Why a save was not done, where it was tried. */
export function ActionError({ error, title }: { error: unknown; title: string }) {
  if (!error) return null;
  const { message, hint } = describeError(error);
  return (
    <Callout tone="danger" title={title}>
      {message} {hint}
    </Callout>
  );
}

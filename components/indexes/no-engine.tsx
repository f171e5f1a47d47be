import { Unplug } from "lucide-react";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code";
import { EmptyState } from "@/components/ui/empty-state";

/** This Redis has no FT.*: what that means, and the cure. */
export function NoEngine() {
  return (
    <Card>
      <EmptyState
        icon={<Unplug />}
        title="This Redis has no Query Engine"
        body="Without it there is no index, and an assistant cannot recall by meaning. Everything else works, and the console compares one person's memories one by one."
        action={
          <div className="flex w-full max-w-xl flex-col gap-3 text-left">
            <CodeBlock label="The official image has it" text="docker run -p 6379:6379 redis:8" />
            <p className="text-xs text-fg-muted">
              On a server of your own, load the module with <code>--loadmodule redisearch.so</code>; of a
              managed service, ask for “search and query”. The console notices by itself when it reconnects.
            </p>
          </div>
        }
      />
    </Card>
  );
}

import { Plus, Waypoints } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code";
import { EmptyState } from "@/components/ui/empty-state";
import { createIndexText } from "@/lib/redis/indexes/command-text";
import { planOfForm, usualVector } from "@/lib/redis/indexes/rules";
import type { IndexesState } from "@/lib/redis/indexes/types";

export function NoIndex({ state, onCreate }: { state: IndexesState; onCreate?: () => void }) {
  const plan = planOfForm({
    name: state.configuredName,
    prefix: state.userKeyPrefix,
    form: "tutorial",
    vector: usualVector(state.models[0]?.dimensions ?? 512),
  });
  return (
    <Card>
      <EmptyState
        icon={<Waypoints />}
        title="There is no index yet"
        body="The Query Engine is here. The assistant creates its index when it starts; it can also be created from here."
        action={
          <div className="flex w-full max-w-xl flex-col items-center gap-4">
            {onCreate ? (
              <Button variant="primary" icon={<Plus />} onClick={onCreate}>
                Create an index
              </Button>
            ) : null}
            <CodeBlock className="w-full text-left" label="Or in redis-cli" text={createIndexText(plan)} />
          </div>
        }
      />
    </Card>
  );
}

import { DatabaseZap } from "lucide-react";
import { CodeBlock } from "@/components/ui/code";
import { EmptyState } from "@/components/ui/empty-state";

const COMMANDS = `LPUSH user:alice:history:session_001 '{"type": "human", "content": "What is the weather like?", "timestamp": 1717935001}'
HSETEX user:alice:rate_limit EX 60 FIELDS 1 requests_per_minute 1
HSET user:alice:pref:001 user_id "alice" content "prefers morning appointments before 10 AM" importance 9 timestamp 1717935000`;

/** For a store that holds nobody: what fills it, ready to be typed. */
export function EmptyStore() {
  return (
    <EmptyState
      icon={<DatabaseZap />}
      title="This store holds no user yet"
      body="It fills itself as soon as an assistant writes. To see how it looks, type these into redis-cli: a message, a request count and a memory of one person."
      action={<CodeBlock text={COMMANDS} label="redis-cli" className="w-full max-w-3xl text-left" />}
    />
  );
}

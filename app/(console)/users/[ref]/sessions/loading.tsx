import { ConversationSkeleton } from "@/components/sessions/conversation-skeleton";
import { SessionListSkeleton } from "@/components/sessions/session-list-skeleton";
import { sessionsFrame } from "@/components/sessions/sessions-frame";

export default function Loading() {
  return (
    <div className={sessionsFrame("list")}>
      <div className="lg:border-r">
        <div className="h-[49px] border-b" />
        <SessionListSkeleton />
      </div>
      <div className="flex min-h-0 flex-col max-lg:hidden">
        <ConversationSkeleton />
      </div>
    </div>
  );
}

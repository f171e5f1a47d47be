import { Users } from "lucide-react";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { ErasurePreview } from "@/lib/redis/erasure/schema";
import { keysText } from "./words";

/** Other people whose key names begin alike. A careless pattern would take them along. */
export function StaysCard({ twins }: { twins: ErasurePreview["twins"] }) {
  return (
    <Card aria-labelledby="stays">
      <CardHeader
        id="stays"
        icon={<Users aria-hidden />}
        title="Other people under the same prefix"
        description="Their keys begin alike. They are not touched."
      />
      <ul className="flex flex-wrap gap-x-6 gap-y-1 px-4 py-3 text-sm">
        {twins.items.map((twin) => (
          <li key={twin.userRef} className="min-w-0">
            <TextLink href={`/users/${twin.userRef}`} className="font-mono break-all">
              <VisibleText inline text={twin.display.slice(0, 200)} />
            </TextLink>{" "}
            <span className="text-fg-muted">{keysText(twin.keys)}</span>
          </li>
        ))}
      </ul>
      {twins.total > twins.items.length ? (
        <CardFooter>and {formatCount(twins.total - twins.items.length)} more people</CardFooter>
      ) : null}
    </Card>
  );
}

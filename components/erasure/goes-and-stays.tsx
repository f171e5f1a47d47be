import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { ClassCounts, ErasurePreview } from "@/lib/redis/erasure/schema";
import { ClassLabel } from "./class-label";
import { CLASS_ORDER, keysText } from "./words";

export function Goes({ plan }: { plan: ClassCounts }) {
  return (
    <section className="rounded-md border border-danger-line bg-danger-bg px-3 py-2.5">
      <h3 className="mb-1.5 text-xs font-medium text-danger-fg">Will go</h3>
      <ul className="flex flex-col gap-1 text-sm">
        {CLASS_ORDER.filter((name) => plan[name] > 0).map((name) => (
          <li key={name} className="flex items-center justify-between gap-2">
            <ClassLabel class={name} />
            <span className="font-medium">{formatCount(plan[name])}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Stays({ preview, plan }: { preview: ErasurePreview; plan: ClassCounts }) {
  const inDoubt = preview.disputed.total - plan.disputed;
  const twins = preview.twins.items.slice(0, 3);
  return (
    <section className="rounded-md border bg-sunken px-3 py-2.5 text-sm">
      <h3 className="mb-1.5 text-xs font-medium text-fg-muted">Will stay</h3>
      <ul className="flex flex-col gap-1">
        {inDoubt > 0 ? <li>{keysText(inDoubt)} in doubt, not ticked</li> : null}
        {twins.map((twin) => (
          <li key={twin.userRef}>
            <span className="font-mono break-all">
              <VisibleText inline text={twin.display.slice(0, 80)} />
            </span>
            , another person: {keysText(twin.keys)}
          </li>
        ))}
        {preview.twins.total > 3 ? (
          <li>{formatCount(preview.twins.total - 3)} other people besides</li>
        ) : null}
        <li className="text-fg-muted">everyone else's keys</li>
        <li className="text-fg-muted">
          bytes in Redis's files, replicas and backups, until they are rewritten
        </li>
      </ul>
    </section>
  );
}

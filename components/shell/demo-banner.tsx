import { FlaskConical } from "lucide-react";

export function DemoBanner() {
  return (
    <aside
      aria-label="Demo"
      className="flex items-center gap-2 border-b border-accent-line bg-accent-bg px-4 py-1 text-xs text-accent-fg md:px-6"
    >
      <FlaskConical aria-hidden className="size-3.5 shrink-0" />
      <span className="min-w-0">
        <span className="font-medium">Demo.</span> These people are made up; change and erase what you like.
      </span>
    </aside>
  );
}

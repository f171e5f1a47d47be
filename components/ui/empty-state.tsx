import type { ReactNode } from "react";

export type EmptyStateProps = { icon?: ReactNode; title: ReactNode; body?: ReactNode; action?: ReactNode };

/** Says why there is nothing, and what would fill it. */
export function EmptyState({ icon, title, body, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-1 px-6 py-12 text-center">
      {icon ? (
        <div className="mb-2 flex size-10 items-center justify-center rounded-lg border bg-sunken text-fg-subtle [&_svg]:size-5">
          {icon}
        </div>
      ) : null}
      <div className="text-base font-medium">{title}</div>
      {body ? <div className="max-w-md text-sm text-balance text-fg-muted">{body}</div> : null}
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}

import clsx from "clsx";
import { CircleCheck, Info, OctagonAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { TONE, type Tone } from "./tones";

const ICON: Record<Tone, typeof Info> = {
  neutral: Info,
  info: Info,
  accent: Info,
  ok: CircleCheck,
  warn: TriangleAlert,
  danger: OctagonAlert,
};

export type CalloutProps = {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
  className?: string;
};

export function Callout({ tone = "info", title, children, action, icon, className }: CalloutProps) {
  const Icon = ICON[tone];
  return (
    <div
      role={tone === "danger" ? "alert" : "note"}
      className={clsx(
        "flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg border px-3 py-2.5 text-sm",
        TONE[tone],
        className,
      )}
    >
      <span className="mt-0.5 [&_svg]:size-4">{icon ?? <Icon aria-hidden />}</span>
      <div className="min-w-0 flex-1 basis-48">
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div className="text-fg-muted">{children}</div> : null}
      </div>
      {action ? <div className="flex shrink-0 items-center gap-2">{action}</div> : null}
    </div>
  );
}

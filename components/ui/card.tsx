import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";

export function Card({ className, ...rest }: ComponentProps<"section">) {
  return <section {...rest} className={clsx("min-w-0 rounded-lg border bg-surface", className)} />;
}

export type CardHeaderProps = {
  title: ReactNode;
  description?: ReactNode;
  icon?: ReactNode;
  actions?: ReactNode;
  /** Under a page title, a card's title is an h2; inside another card, an h3. */
  level?: 2 | 3;
  id?: string;
};

export function CardHeader({ title, description, icon, actions, level = 2, id }: CardHeaderProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-1.5">
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2">
        <Heading
          id={id}
          className="flex items-center gap-2 text-base font-semibold [&_svg]:size-4 [&_svg]:text-fg-subtle"
        >
          {icon}
          {title}
        </Heading>
        {description ? <p className="text-xs text-fg-muted">{description}</p> : null}
      </div>
      {actions ? <div className="flex shrink-0 items-center gap-1.5">{actions}</div> : null}
    </div>
  );
}

export function CardBody({ className, ...rest }: ComponentProps<"div">) {
  return <div {...rest} className={clsx("p-4", className)} />;
}

/** A line at the card's foot: how many there are, where the rest is. */
export function CardFooter({ className, ...rest }: ComponentProps<"div">) {
  return (
    <div
      {...rest}
      className={clsx(
        "flex flex-wrap items-center gap-2 border-t px-4 py-2 text-xs text-fg-muted",
        className,
      )}
    />
  );
}

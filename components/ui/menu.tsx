"use client";

import clsx from "clsx";
import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { PageLink } from "./page-link";

export type MenuItem =
  | {
      label: ReactNode;
      icon?: ReactNode;
      hint?: ReactNode;
      onSelect?: () => void;
      href?: string;
      danger?: boolean;
      disabled?: boolean;
      /** Given (false too), the item is one of a choice and shows a mark. */
      checked?: boolean;
    }
  | { heading: ReactNode }
  | "separator";

export type MenuProps = { trigger: ReactNode; items: MenuItem[]; label: string; align?: "start" | "end" };

const ITEM =
  "flex h-8 items-center gap-2 rounded-md px-2 text-sm outline-none select-none [&_svg]:size-4 " +
  "data-disabled:cursor-not-allowed data-disabled:opacity-50";

export function Menu({ trigger, items, label, align = "end" }: MenuProps) {
  const chosen = useRef<(() => void) | null>(null);

  // Done only once the menu is gone and its trigger has the focus again: a dialog opened by an item then knows
  // where to return to.
  function runChosen() {
    const run = chosen.current;
    chosen.current = null;
    if (run) setTimeout(run);
  }

  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          onCloseAutoFocus={runChosen}
          className="pop-in z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-lg bg-raised p-1 shadow-pop"
        >
          {items.map((item, index) => {
            // The position is the identity: a menu's items are fixed while it is open.
            const key = `item-${index}`;
            if (item === "separator")
              return <Radix.Separator key={key} className="-mx-1 my-1 h-px bg-line" />;
            if ("heading" in item) {
              return (
                <Radix.Label key={key} className="px-2 py-1 text-xs text-fg-muted">
                  {item.heading}
                </Radix.Label>
              );
            }
            return (
              <Item
                key={key}
                item={item}
                onSelect={() => {
                  chosen.current = item.onSelect ?? null;
                }}
              />
            );
          })}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type ItemProps = { item: Exclude<MenuItem, string | { heading: ReactNode }>; onSelect: () => void };

function Item({ item, onSelect }: ItemProps) {
  const className = clsx(
    ITEM,
    item.danger
      ? "text-danger-fg data-highlighted:bg-danger-bg"
      : "data-highlighted:bg-hover [&_svg]:text-fg-subtle",
  );
  const inside = (
    <>
      {item.icon}
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      {item.hint ? <span className="text-xs text-fg-muted">{item.hint}</span> : null}
      {item.checked ? <Check aria-hidden /> : null}
    </>
  );
  if (item.checked !== undefined) {
    return (
      <Radix.CheckboxItem
        checked={item.checked}
        onSelect={onSelect}
        disabled={item.disabled}
        className={className}
      >
        {inside}
      </Radix.CheckboxItem>
    );
  }
  return (
    <Radix.Item
      asChild={item.href !== undefined}
      onSelect={onSelect}
      disabled={item.disabled}
      className={className}
    >
      {item.href === undefined ? inside : <PageLink href={item.href}>{inside}</PageLink>}
    </Radix.Item>
  );
}

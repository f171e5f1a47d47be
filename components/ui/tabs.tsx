"use client";

import clsx from "clsx";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { formatCount } from "@/lib/format";
import { PageLink } from "./page-link";

export type TabItem = { href: string; label: ReactNode; count?: number; icon?: ReactNode };

export type TabLinksProps = {
  items: TabItem[];
  label: string;
  /** The href of the current tab, where the path alone does not tell. */
  current?: string;
};

/** Tabs that are addresses: they can be linked to, opened beside and gone back from. */
export function TabLinks({ items, label, current }: TabLinksProps) {
  const pathname = usePathname();
  const active = current ?? longestMatch(items, pathname);
  const strip = useRef<HTMLElement>(null);

  // On a narrow screen the tab that is open may lie outside of the strip.
  useEffect(() => {
    const tab = active && strip.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (tab)
      strip.current?.scrollTo({ left: tab.offsetLeft - (strip.current.clientWidth - tab.offsetWidth) / 2 });
  }, [active]);

  return (
    <nav
      ref={strip}
      aria-label={label}
      className="relative -mx-4 overflow-x-auto px-4 [scrollbar-width:none] md:mx-0 md:px-0"
    >
      <ul className="flex min-w-max gap-1 border-b">
        {items.map((item) => (
          <li key={item.href} className="-mb-px">
            <PageLink
              href={item.href}
              aria-current={item.href === active ? "page" : undefined}
              className={clsx(
                "flex h-9 items-center gap-1.5 border-b-2 px-2.5 text-sm font-medium whitespace-nowrap",
                "-outline-offset-2 transition-colors duration-100 [&_svg]:size-4",
                item.href === active
                  ? "border-accent-fg text-fg"
                  : "border-transparent text-fg-muted hover:text-fg",
              )}
            >
              {item.icon}
              {item.label}
              {item.count === undefined ? null : (
                <span className="rounded-sm bg-sunken px-1 text-2xs text-fg-muted">
                  {formatCount(item.count)}
                </span>
              )}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** `/a/b/c` belongs to the tab `/a/b` rather than to `/a`. */
function longestMatch(items: TabItem[], pathname: string): string | undefined {
  return items
    .filter(({ href }) => {
      const path = href.split("?")[0]!;
      return pathname === path || pathname.startsWith(`${path}/`);
    })
    .sort((a, b) => b.href.length - a.href.length)[0]?.href;
}

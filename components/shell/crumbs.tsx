"use client";

import { usePathname } from "next/navigation";
import { Fragment, type ReactNode, useLayoutEffect, useSyncExternalStore } from "react";
import { PageLink } from "@/components/ui/page-link";
import { placeOf } from "./places";

export type Crumb = { label: ReactNode; href?: string };

/** The trail a page has set. Kept with its path: another page must not wear it for a moment. */
let trail: { pathname: string; items: Crumb[] } | null = null;
const listeners = new Set<() => void>();

function setTrail(next: typeof trail) {
  trail = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Put into a page whose path does not tell its name: the whole trail, the page itself last. */
export function Crumbs({ items }: { items: Crumb[] }) {
  const pathname = usePathname();
  useLayoutEffect(() => {
    const own = { pathname, items };
    setTrail(own);
    return () => {
      if (trail === own) setTrail(null);
    };
  }, [pathname, items]);
  return null;
}

export function Breadcrumb() {
  const pathname = usePathname();
  const set = useSyncExternalStore(
    subscribe,
    () => trail,
    () => null,
  );
  const items = set?.pathname === pathname ? set.items : fromPath(pathname);
  return (
    <nav aria-label="Where you are" className="min-w-0 flex-1">
      <ol className="flex min-w-0 items-center gap-1.5 text-sm">
        {items.map((item, index) => {
          const isLast = index === items.length - 1;
          return (
            <Fragment key={`${item.href} ${item.label}`}>
              {index > 0 ? (
                <li aria-hidden className="text-fg-subtle">
                  /
                </li>
              ) : null}
              <li className={isLast ? "min-w-0 truncate font-medium" : "shrink-0 text-fg-muted"}>
                {item.href && !isLast ? (
                  <PageLink href={item.href} className="rounded-sm hover:text-fg">
                    {item.label}
                  </PageLink>
                ) : (
                  <span aria-current={isLast ? "page" : undefined}>{item.label}</span>
                )}
              </li>
            </Fragment>
          );
        })}
      </ol>
    </nav>
  );
}

function fromPath(pathname: string): Crumb[] {
  const place = placeOf(pathname);
  if (!place) return [{ label: "Memory Console" }];
  return pathname === place.href
    ? [{ label: place.label }]
    : [{ label: place.label, href: place.href }, { label: "…" }];
}

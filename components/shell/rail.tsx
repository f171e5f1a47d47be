"use client";

import clsx from "clsx";
import { usePathname } from "next/navigation";
import { PageLink } from "@/components/ui/page-link";
import { ConnectionFoot } from "./connection-foot";
import { Mark } from "./mark";
import { useOperator } from "./operator";
import { placeGroupsFor, placeOf } from "./places";

export function Rail() {
  const current = placeOf(usePathname())?.href;
  const { can } = useOperator();
  return (
    <div className="flex h-full flex-col bg-sunken">
      <PageLink
        href="/"
        className="flex h-header shrink-0 items-center gap-2.5 px-4 text-base font-semibold -outline-offset-2"
      >
        <Mark />
        Memory Console
      </PageLink>
      <nav aria-label="Pages of the console" className="min-h-0 flex-1 overflow-y-auto px-2 py-2">
        {placeGroupsFor(can).map((group) => (
          <div key={group.label} className="mb-4">
            <p id={`rail-${group.label}`} className="px-2 pb-1 text-2xs font-medium text-fg-subtle">
              {group.label}
            </p>
            <ul aria-labelledby={`rail-${group.label}`} className="flex flex-col gap-px">
              {group.places.map(({ href, label, icon: Icon, jump }) => (
                <li key={href}>
                  <PageLink
                    href={href}
                    aria-current={href === current ? "page" : undefined}
                    className={clsx(
                      "group flex h-8 items-center gap-2.5 rounded-md px-2 text-sm transition-colors duration-100",
                      href === current
                        ? "bg-surface font-medium text-fg shadow-[0_0_0_1px_var(--line)]"
                        : "text-fg-muted hover:bg-hover hover:text-fg",
                    )}
                  >
                    <Icon
                      aria-hidden
                      className={clsx(
                        "size-4 shrink-0",
                        href === current ? "text-accent-fg" : "text-fg-subtle",
                      )}
                    />
                    <span className="flex-1">{label}</span>
                    <span
                      aria-hidden
                      className="hidden font-mono text-2xs text-fg-subtle md:group-hover:inline md:group-focus-visible:inline"
                    >
                      g {jump}
                    </span>
                  </PageLink>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <ConnectionFoot />
    </div>
  );
}

"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./button";
import { useOverlayFocus } from "./use-overlay-focus";

export type SheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  side?: "right" | "left";
  size?: "sm" | "md" | "lg";
  /** Hides the title row; the title stays the sheet's name for screen readers. */
  bare?: boolean;
};

const WIDTH = { sm: "sm:w-64", md: "sm:w-[480px]", lg: "sm:w-[680px]" };

/** A drawer at the side of what it belongs to; the full screen where there is no side. */
export function Sheet(props: SheetProps) {
  const {
    open,
    onOpenChange,
    title,
    description,
    children,
    footer,
    side = "right",
    size = "md",
    bare,
  } = props;
  const focus = useOverlayFocus<HTMLDivElement>();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fade-in fixed inset-0 z-40 bg-[var(--overlay)]" />
        <Radix.Content
          {...focus}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={clsx(
            "fixed inset-y-0 z-50 flex flex-col bg-raised shadow-pop outline-none",
            bare ? "w-64" : "w-full",
            side === "right" ? "slide-in-right right-0 sm:border-l" : "slide-in-left left-0 sm:border-r",
            WIDTH[size],
          )}
        >
          {bare ? (
            <Radix.Title className="sr-only">{title}</Radix.Title>
          ) : (
            <div className="flex items-start gap-3 border-b px-4 py-3">
              <div className="min-w-0 flex-1">
                <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
                {description ? (
                  <Radix.Description className="mt-0.5 text-sm text-fg-muted">
                    {description}
                  </Radix.Description>
                ) : null}
              </div>
              <Radix.Close asChild>
                <IconButton label="Close" size="sm">
                  <X />
                </IconButton>
              </Radix.Close>
            </div>
          )}
          <div className={clsx("min-h-0 flex-1 overflow-y-auto", !bare && "px-4 py-4")}>{children}</div>
          {footer ? (
            <div className="flex flex-wrap items-center justify-end gap-2 border-t px-4 py-3">{footer}</div>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ComponentProps } from "react";

export type PageLinkProps = Omit<ComponentProps<typeof Link>, "href" | "prefetch"> & {
  href: string;
  /** False where the click is not left to the router, or many such links stand together. */
  ahead?: boolean;
};

/**
 * A link to a page of the console, read ahead by who points at it. Left to itself, the router reads every link that is in
 * view, and all of them anew whenever the address changes: with each session that was opened sixteen pages were rendered
 * that nobody asked for, and the messages waited behind them.
 */
export function PageLink({ ahead = true, onPointerEnter, onFocus, ...props }: PageLinkProps) {
  const router = useRouter();
  const read = () => {
    if (ahead && !props.href.startsWith("#")) router.prefetch(props.href);
  };
  return (
    <Link
      {...props}
      prefetch={false}
      onPointerEnter={(event) => {
        read();
        onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        read();
        onFocus?.(event);
      }}
    />
  );
}

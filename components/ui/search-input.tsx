"use client";

import clsx from "clsx";
import { Search, X } from "lucide-react";
import { type ComponentProps, useEffect, useRef } from "react";
import { IconButton } from "./button";
import { FIELD } from "./input";
import { isTyping } from "./is-typing";
import { Kbd } from "./kbd";
import { Spinner } from "./spinner";

export type SearchInputProps = Omit<ComponentProps<"input">, "type" | "ref"> & {
  /** The accessible name; also the placeholder where none is given. */
  label: string;
  /** `/` puts the cursor here. One field per page. */
  slash?: boolean;
  pending?: boolean;
  onClear?: () => void;
};

export function SearchInput({ label, slash, pending, onClear, className, ...rest }: SearchInputProps) {
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (!slash) return;
    function focus(event: KeyboardEvent) {
      if (event.key !== "/" || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target))
        return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    }
    document.addEventListener("keydown", focus);
    return () => document.removeEventListener("keydown", focus);
  }, [slash]);

  const filled = typeof rest.value === "string" && rest.value !== "";
  return (
    <div className={clsx("group relative min-w-0", className)}>
      <span className="pointer-events-none absolute top-2 left-2.5 text-fg-subtle">
        {pending ? <Spinner /> : <Search aria-hidden className="size-4" />}
      </span>
      <input
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        placeholder={label}
        {...rest}
        ref={input}
        type="search"
        aria-label={label}
        data-slash={slash ? "" : undefined}
        className={clsx(FIELD, "h-8 pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden")}
      />
      {filled && onClear ? (
        <IconButton
          label="Clear"
          size="sm"
          className="absolute top-0.5 right-0.5"
          onClick={() => {
            onClear();
            input.current?.focus();
          }}
        >
          <X />
        </IconButton>
      ) : slash ? (
        <span className="pointer-events-none absolute top-1.5 right-2 group-focus-within:hidden max-md:hidden">
          <Kbd>/</Kbd>
        </span>
      ) : null}
    </div>
  );
}

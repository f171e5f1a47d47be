"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { AtSign, Keyboard, Monitor, Moon, Pause, Play, Search, Sun, UserRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useDeferredValue, useEffect, useState } from "react";
import { postRead } from "@/components/query/fetch-read";
import { setPaused, usePaused } from "@/components/query/live";
import { useOverlayFocus } from "@/components/ui/use-overlay-focus";
import { rememberTyped, useOpenTyped } from "./open-typed";
import { useOperator } from "./operator";
import { placeGroupsFor } from "./places";
import { openPanel } from "./shell-store";

type FoundUsers = { users: Array<{ ref: string; label: string }>; exact: { ref: string } | null };

export function CommandPalette({ open }: { open: boolean }) {
  const focus = useOverlayFocus<HTMLDivElement>();
  return (
    <Radix.Root open={open} onOpenChange={(next) => openPanel(next ? "palette" : null)}>
      <Radix.Portal>
        <Radix.Overlay className="fade-in fixed inset-0 z-40 bg-[var(--overlay)]" />
        <Radix.Content
          {...focus}
          aria-describedby={undefined}
          className="pop-in fixed inset-x-3 top-3 z-50 mx-auto flex max-h-[min(480px,calc(100dvh-24px))] max-w-xl flex-col overflow-hidden rounded-lg bg-raised shadow-pop outline-none sm:top-[14vh]"
        >
          <Radix.Title className="sr-only">Command palette</Radix.Title>
          <Palette />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Palette() {
  const [text, setText] = useState("");
  const [selected, setSelected] = useState("");
  const router = useRouter();
  const { setTheme } = useTheme();
  const paused = usePaused();
  const { can } = useOperator();
  const id = text.trim();
  const { users: found, exact } = useFoundUsers(id);
  const openTyped = useOpenTyped();
  const best = found[0]?.ref;
  // Found users come after the typing: without this the row below them would stay selected.
  useEffect(() => {
    if (best) setSelected(`ref ${best}`);
  }, [best]);

  function run(act: () => void) {
    openPanel(null);
    act();
  }
  const go = (href: string) => () => run(() => router.push(href));

  const deeds = [
    {
      label: paused ? "Go on refreshing" : "Pause refreshing",
      icon: paused ? <Play /> : <Pause />,
      act: () => setPaused(!paused),
    },
    { label: "Theme: light", icon: <Sun />, act: () => setTheme("light") },
    { label: "Theme: dark", icon: <Moon />, act: () => setTheme("dark") },
    { label: "Theme: as the system", icon: <Monitor />, act: () => setTheme("system") },
    { label: "Keyboard shortcuts", icon: <Keyboard />, act: () => openPanel("shortcuts") },
  ].filter(({ label }) => matches(label, id));
  const places = placeGroupsFor(can)
    .flatMap((group) => group.places)
    .filter(({ label }) => matches(label, id));

  return (
    // Filtering is done here: what the server found must not be dropped because its label is spelled otherwise.
    <Command
      shouldFilter={false}
      value={selected}
      onValueChange={setSelected}
      label="Find or go to"
      className="flex min-h-0 flex-col"
    >
      <div className="flex items-center gap-2.5 border-b px-4">
        <Search aria-hidden className="size-4 shrink-0 text-fg-subtle" />
        <Command.Input
          data-autofocus
          value={text}
          onValueChange={setText}
          placeholder="A user's id, a page, a command"
          className="h-12 w-full bg-transparent text-base outline-none max-sm:text-[16px]"
        />
      </div>
      <Command.List className="min-h-0 flex-1 overflow-y-auto p-1.5">
        {found.length > 0 ? (
          <Group heading="Users">
            {found.map((user) => (
              <Row
                key={user.ref}
                value={`ref ${user.ref}`}
                icon={<UserRound />}
                onSelect={() => {
                  if (user.ref === exact?.ref) rememberTyped(user.ref, id);
                  run(() => router.push(`/users/${user.ref}`));
                }}
              >
                <bdi className="font-mono">{user.label}</bdi>
              </Row>
            ))}
          </Group>
        ) : null}
        {places.length > 0 ? (
          <Group heading="Go to">
            {places.map(({ href, label, icon: Icon, jump }) => (
              <Row key={href} value={href} icon={<Icon />} hint={`g ${jump}`} onSelect={go(href)}>
                {label}
              </Row>
            ))}
          </Group>
        ) : null}
        {deeds.length > 0 ? (
          <Group heading="Do">
            {deeds.map(({ label, icon, act }) => (
              <Row key={label} value={label} icon={icon} onSelect={() => run(act)}>
                {label}
              </Row>
            ))}
          </Group>
        ) : null}
        {/* Last: it fits whatever is typed, and Enter after “over” means the Overview. */}
        {id ? (
          <Group heading="By id">
            <Row value="by-id" icon={<AtSign />} onSelect={() => run(() => void openTyped(id))}>
              Open the user with exactly the id <bdi className="font-mono">{id}</bdi>
            </Row>
          </Group>
        ) : null}
      </Command.List>
    </Command>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-fg-muted"
    >
      {children}
    </Command.Group>
  );
}

type RowProps = { value: string; icon: ReactNode; hint?: string; onSelect: () => void; children: ReactNode };

function Row({ value, icon, hint, onSelect, children }: RowProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-sm data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-fg-subtle"
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {hint ? <span className="font-mono text-2xs text-fg-muted">{hint}</span> : null}
    </Command.Item>
  );
}

/** Asks once the typing has stopped for a moment; a failure only means that nothing is suggested. */
function useFoundUsers(typed: string): FoundUsers {
  const [query, setQuery] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setQuery(typed), 150);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data } = useQuery({
    queryKey: ["palette-users", query],
    queryFn: ({ signal }) => postRead<FoundUsers>("/api/users", { query }, { signal }),
    enabled: query !== "",
    retry: false,
    placeholderData: (previous) => previous,
  });
  return useDeferredValue(query && typed && data ? { ...data, users: data.users.slice(0, 6) } : NOBODY);
}

const NOBODY: FoundUsers = { users: [], exact: null };

function matches(label: string, typed: string): boolean {
  const words = typed.toLowerCase().split(/\s+/);
  return words.every((word) => label.toLowerCase().includes(word));
}

"use client";

import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { PLACES } from "./places";
import { openPanel } from "./shell-store";

const KEYS: Array<{ group: string; keys: Array<[keys: string[], what: string]> }> = [
  {
    group: "Anywhere",
    keys: [
      [["⌘ K", "Ctrl K"], "Find a user, go to a page, do something"],
      [["/"], "Search on this page"],
      [["?"], "This list"],
      [["Esc"], "Close what is open"],
    ],
  },
  { group: "Go to", keys: PLACES.map(({ jump, label }) => [[`g ${jump}`], label]) },
  {
    group: "In a list",
    keys: [
      [["j"], "Next"],
      [["k"], "Previous"],
      [["Enter"], "Open"],
      [["x"], "Choose this memory"],
      [["Shift x"], "Choose up to this memory"],
    ],
  },
];

export function ShortcutsSheet({ open }: { open: boolean }) {
  return (
    <Dialog open={open} onOpenChange={(next) => openPanel(next ? "shortcuts" : null)} title="Keyboard">
      <div className="flex flex-col gap-5">
        {KEYS.map(({ group, keys }) => (
          <section key={group}>
            <h3 className="mb-1 text-xs font-medium text-fg-muted">{group}</h3>
            <dl className="flex flex-col">
              {keys.map(([names, what]) => (
                <div
                  key={what}
                  className="flex min-h-8 items-center justify-between gap-4 border-b text-sm last:border-b-0"
                >
                  <dt>{what}</dt>
                  <dd className="flex shrink-0 items-center gap-1 text-xs text-fg-muted">
                    {names.map((name, index) => (
                      <span key={name} className="flex items-center gap-1">
                        {index > 0 ? "or" : null}
                        {name.split(" ").map((key) => (
                          <Kbd key={key}>{key}</Kbd>
                        ))}
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

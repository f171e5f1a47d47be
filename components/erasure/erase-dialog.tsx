"use client";

import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { ClassCounts, ErasurePreview } from "@/lib/redis/erasure/schema";
import { ClassLabel } from "./class-label";
import { CLASS_ORDER, goalText, keysText } from "./words";

type Props = {
  open: boolean;
  onClose: () => void;
  preview: ErasurePreview;
  /** What will go, ticked keys included. */
  plan: ClassCounts;
  /** Settles when the run has begun. */
  onErase: (typedId: string) => Promise<void>;
};

export function EraseDialog(props: Props) {
  const [pending, setPending] = useState(false);
  return (
    <Dialog
      open={props.open}
      onOpenChange={(open) => (open || pending ? undefined : props.onClose())}
      title={`Erase ${goalText(props.plan)} of this user?`}
      description="This cannot be undone. Nothing is copied anywhere first."
    >
      <EraseForm {...props} pending={pending} setPending={setPending} />
    </Dialog>
  );
}

/** Lives only while the dialog is open, so that a typed id does not outlive it. */
function EraseForm(props: Props & { pending: boolean; setPending: (pending: boolean) => void }) {
  const { preview, plan, pending, setPending } = props;
  const [typed, setTyped] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const form = useId();
  const exact = typed === preview.user;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!exact || pending) return;
    setPending(true);
    setFailure(null);
    try {
      await props.onErase(typed);
      props.onClose();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : "It was not started, and no reason was given.");
    } finally {
      setPending(false);
    }
  }

  return (
    <form id={form} onSubmit={submit} className="flex flex-col gap-4">
      <div className="grid gap-3 sm:grid-cols-2">
        <Goes plan={plan} />
        <Stays preview={preview} plan={plan} />
      </div>
      <Field
        label={
          <>
            Type{" "}
            <span className="rounded-sm bg-sunken px-1 py-0.5 font-mono text-fg break-all">
              <VisibleText inline text={preview.user} />
            </span>{" "}
            to confirm
          </>
        }
        hint={typed !== "" && !exact ? "Not yet the same: upper and lower case and spaces count." : undefined}
      >
        <Input
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          className="font-mono"
        />
      </Field>
      {failure ? (
        <Callout tone="danger" title="It was not started">
          {failure}
        </Callout>
      ) : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={props.onClose} disabled={pending} data-autofocus>
          Cancel
        </Button>
        <Button
          type="submit"
          variant="danger"
          disabled={!exact}
          pending={pending}
          className="max-sm:h-auto max-sm:min-h-8 max-sm:shrink max-sm:whitespace-normal"
        >
          Erase {goalText(plan)}
        </Button>
      </div>
    </form>
  );
}

function Goes({ plan }: { plan: ClassCounts }) {
  return (
    <section className="rounded-md border border-danger-line bg-danger-bg px-3 py-2.5">
      <h3 className="mb-1.5 text-xs font-medium text-danger-fg">Will go</h3>
      <ul className="flex flex-col gap-1 text-sm">
        {CLASS_ORDER.filter((name) => plan[name] > 0).map((name) => (
          <li key={name} className="flex items-center justify-between gap-2">
            <ClassLabel class={name} />
            <span className="font-medium">{formatCount(plan[name])}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Stays({ preview, plan }: { preview: ErasurePreview; plan: ClassCounts }) {
  const inDoubt = preview.disputed.total - plan.disputed;
  const twins = preview.twins.items.slice(0, 3);
  return (
    <section className="rounded-md border bg-sunken px-3 py-2.5 text-sm">
      <h3 className="mb-1.5 text-xs font-medium text-fg-muted">Will stay</h3>
      <ul className="flex flex-col gap-1">
        {inDoubt > 0 ? <li>{keysText(inDoubt)} in doubt, not ticked</li> : null}
        {twins.map((twin) => (
          <li key={twin.userRef}>
            <span className="font-mono break-all">
              <VisibleText inline text={twin.display.slice(0, 80)} />
            </span>
            , another person: {keysText(twin.keys)}
          </li>
        ))}
        {preview.twins.total > 3 ? (
          <li>{formatCount(preview.twins.total - 3)} other people besides</li>
        ) : null}
        <li className="text-fg-muted">everyone else's keys</li>
        <li className="text-fg-muted">
          bytes in Redis's files, replicas and backups, until they are rewritten
        </li>
      </ul>
    </section>
  );
}

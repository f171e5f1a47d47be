import type { ReactNode } from "react";
import { Button } from "./button";

export type FormActionsProps = {
  onCancel: () => void;
  cancelLabel?: string;
  /** Says what will be done: "Raise to 120 for an hour". */
  submitLabel: ReactNode;
  /** While it is under way there is nothing to cancel: leaving would only hide the outcome. */
  pending?: boolean;
  disabled?: boolean;
  danger?: boolean;
  /** The safe choice has the focus first, where nothing has to be typed. */
  focusCancel?: boolean;
  /** Of the form that it stands outside of. */
  form?: string;
  /** Another way, at the other side. */
  children?: ReactNode;
};

/** How a form in a dialog ends: the way out, then what it does. */
export function FormActions(props: FormActionsProps) {
  const { onCancel, cancelLabel = "Cancel", submitLabel, pending, disabled, danger, form, children } = props;
  return (
    <div className="flex flex-wrap items-center justify-end gap-2">
      {children}
      <Button onClick={onCancel} disabled={pending} data-autofocus={props.focusCancel ? true : undefined}>
        {cancelLabel}
      </Button>
      <Button
        type="submit"
        form={form}
        variant={danger ? "danger" : "primary"}
        // Where the words are longer than a phone is wide.
        className="max-sm:h-auto max-sm:min-h-8 max-sm:shrink max-sm:whitespace-normal"
        pending={pending}
        disabled={disabled}
      >
        {submitLabel}
      </Button>
    </div>
  );
}

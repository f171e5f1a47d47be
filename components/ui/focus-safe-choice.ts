/** The safe choice, marked with `data-autofocus`, has the focus when a dialog opens; else the first field. */
export function focusSafeChoice(event: Event, content: HTMLElement | null): void {
  const safe = content?.querySelector<HTMLElement>("[data-autofocus]");
  if (!safe) return;
  event.preventDefault();
  safe.focus();
}

const FOCUSABLE = "a[href],button:not(:disabled),[tabindex]:not([tabindex='-1'])";

/**
 * Moves the focus to the next (or previous) item of the page's list: the one marked `data-list` that holds the
 * focus, else the first that can be seen. Items are table rows, `data-list-item`, or else its children.
 * @returns whether there was anything to walk.
 */
export function walkList(step: 1 | -1): boolean {
  const lists = [...document.querySelectorAll<HTMLElement>("[data-list]")].filter(isVisible);
  const list = lists.find((candidate) => candidate.contains(document.activeElement)) ?? lists[0];
  if (!list) return false;
  const stops = itemsOf(list).flatMap((item) => {
    const stop = item.matches(FOCUSABLE) ? item : item.querySelector<HTMLElement>(FOCUSABLE);
    return stop ? [{ item, stop }] : [];
  });
  if (stops.length === 0) return false;
  const at = stops.findIndex(({ item }) => item.contains(document.activeElement));
  const next = at === -1 ? (step === 1 ? 0 : stops.length - 1) : at + step;
  const target = stops[Math.max(0, Math.min(stops.length - 1, next))];
  target?.stop.focus({ focusVisible: true } as FocusOptions);
  target?.item.scrollIntoView({ block: "nearest" });
  return true;
}

function itemsOf(list: HTMLElement): HTMLElement[] {
  const marked = list.querySelectorAll<HTMLElement>("[data-list-item]");
  if (marked.length > 0) return [...marked];
  const rows = list.querySelectorAll<HTMLElement>("tbody > tr");
  return rows.length > 0 ? [...rows] : ([...list.children] as HTMLElement[]);
}

function isVisible(element: HTMLElement): boolean {
  return element.checkVisibility();
}

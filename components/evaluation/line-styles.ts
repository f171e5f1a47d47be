/** Told apart by their dashes too: never by colour alone. */
export const LINES = [
  { color: "var(--class-sessions)", dash: "2 3" },
  { color: "var(--class-memories)", dash: "7 4" },
  { color: "var(--accent)", dash: undefined },
  { color: "var(--class-index)", dash: "10 3 2 3" },
  { color: "var(--class-rate-limits)", dash: "4 2" },
  { color: "var(--class-other)", dash: "1 4" },
] as const;

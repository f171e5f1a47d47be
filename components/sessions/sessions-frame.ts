/**
 * The frame of the panes. Where there is room for all it ends where the screen ends; on a narrow screen the
 * list is as long as it is, and a conversation fills the screen under the header. Two conversations stand side by
 * side without the list, one over the other where that is too narrow.
 */
const FRAME =
  "grid overflow-hidden rounded-lg border bg-surface max-sm:-mx-4 max-sm:rounded-none " +
  "max-sm:border-x-0 lg:h-[max(480px,calc(100dvh-var(--above,270px)))] ";
const PANES = "lg:grid-cols-[minmax(280px,360px)_minmax(0,1fr)]";
const PAIR = "max-lg:h-[calc(100dvh-72px)] max-lg:grid-rows-2 lg:grid-cols-2";

export function sessionsFrame(shows: "list" | "conversation" | "pair"): string {
  if (shows === "pair") return FRAME + PAIR;
  return shows === "conversation" ? `${FRAME}${PANES} max-lg:h-[calc(100dvh-72px)]` : FRAME + PANES;
}

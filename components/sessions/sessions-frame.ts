/**
 * The frame of the two panes. Where there is room for both it ends where the screen ends; on a narrow screen the
 * list is as long as it is, and a conversation fills the screen under the header.
 */
const FRAME =
  "grid overflow-hidden rounded-lg border bg-surface max-sm:-mx-4 max-sm:rounded-none " +
  "max-sm:border-x-0 lg:h-[max(480px,calc(100dvh-var(--above,270px)))] " +
  "lg:grid-cols-[minmax(280px,360px)_minmax(0,1fr)]";

export function sessionsFrame(one: "list" | "conversation"): string {
  return one === "conversation" ? `${FRAME} max-lg:h-[calc(100dvh-72px)]` : FRAME;
}

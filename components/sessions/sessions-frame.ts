/** The frame of the two panes: as high as what is left of the screen, one column where there is no room for two. */
export const SESSIONS_FRAME =
  "grid h-[max(480px,calc(100dvh-var(--above,270px)))] overflow-hidden rounded-lg border bg-surface " +
  "max-sm:-mx-4 max-sm:rounded-none max-sm:border-x-0 lg:grid-cols-[minmax(280px,360px)_minmax(0,1fr)]";

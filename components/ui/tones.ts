export type Tone = "neutral" | "info" | "ok" | "warn" | "danger" | "accent";

/** Ground, edge and text of a tone; each text is AA on its own ground in both themes. */
export const TONE: Record<Tone, string> = {
  neutral: "border-line bg-sunken text-fg-muted",
  info: "border-info-line bg-info-bg text-info-fg",
  ok: "border-ok-line bg-ok-bg text-ok-fg",
  warn: "border-warn-line bg-warn-bg text-warn-fg",
  danger: "border-danger-line bg-danger-bg text-danger-fg",
  accent: "border-accent-line bg-accent-bg text-accent-fg",
};

/** The full colour of a tone, for bars and dots. */
export const TONE_FILL: Record<Tone, string> = {
  neutral: "bg-fg-subtle",
  info: "bg-info",
  ok: "bg-ok",
  warn: "bg-warn",
  danger: "bg-danger",
  accent: "bg-accent",
};

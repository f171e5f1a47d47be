/**
 * Is somebody there? A page that refreshes itself on an unwatched screen must not keep its session from ending, so
 * its requests say that nobody asked for them.
 */
const PRESENT_MS = 60_000;

let lastSignMs = Date.now();

if (typeof window !== "undefined") {
  for (const sign of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
    window.addEventListener(
      sign,
      () => {
        lastSignMs = Date.now();
      },
      { passive: true, capture: true },
    );
  }
}

export function backgroundMark(): Record<string, string> {
  return Date.now() - lastSignMs > PRESENT_MS ? { "X-Console-Background": "1" } : {};
}

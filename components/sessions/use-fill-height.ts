"use client";

import { useEffect, useRef } from "react";

/** Room under the frame, in pixels. */
const BELOW = 20;

/**
 * Tells an element, as `--above`, how much of the screen stands above it: banners and the person's header come
 * and go, and the panes below must end where the screen ends.
 */
export function useFillHeight() {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    function measure() {
      const frame = element.current;
      if (!frame) return;
      const above = Math.round(frame.getBoundingClientRect().top + window.scrollY) + BELOW;
      frame.style.setProperty("--above", `${above}px`);
    }
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  return element;
}

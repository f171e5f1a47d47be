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
    // Whatever stands before the element, and what holds it: one of them changes its size when it has to move.
    const observer = new ResizeObserver(measure);
    for (
      let node: Element | null = element.current;
      node && node !== document.body;
      node = node.parentElement
    ) {
      if (node.parentElement) observer.observe(node.parentElement);
      for (let before = node.previousElementSibling; before; before = before.previousElementSibling) {
        observer.observe(before);
      }
    }
    return () => observer.disconnect();
  }, []);
  return element;
}

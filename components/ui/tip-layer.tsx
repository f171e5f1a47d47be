"use client";

import { useEffect, useLayoutEffect, useRef, useState } from "react";

const DELAY_MS = 250;
const MARGIN = 8;

type Tip = { text: string; anchor: HTMLElement; focused: Element | null };

/** Shows the text of the nearest `data-tip`. Mounted once, in the root layout. */
export function TipLayer() {
  const [tip, setTip] = useState<Tip | null>(null);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current: HTMLElement | null = null;

    function show(anchor: HTMLElement | null, delay: number, focused: Element | null = null) {
      if (anchor === current) return;
      clearTimeout(timer);
      current = anchor;
      if (!anchor) return setTip(null);
      timer = setTimeout(() => {
        const text = anchor.dataset.tip;
        setTip(text && anchor.isConnected ? { text, anchor, focused } : null);
      }, delay);
    }
    const nearest = (event: Event) =>
      event.target instanceof Element ? event.target.closest<HTMLElement>("[data-tip]") : null;
    const over = (event: Event) => show(nearest(event), DELAY_MS);
    // Only for the keyboard: a click focuses too, and its tip would cover what it opened.
    const focus = (event: FocusEvent) => {
      const { target } = event;
      if (target instanceof Element && target.matches(":focus-visible")) show(nearest(event), 0, target);
    };
    const hide = () => show(null, 0);
    const key = (event: KeyboardEvent) => {
      if (event.key === "Escape") hide();
    };

    const listening = new AbortController();
    const options = { signal: listening.signal, capture: true, passive: true };
    document.addEventListener("pointerover", over, options);
    document.addEventListener("focusin", focus, options);
    document.addEventListener("focusout", hide, options);
    document.addEventListener("pointerdown", hide, options);
    document.addEventListener("keydown", key, options);
    window.addEventListener("scroll", hide, options);
    return () => {
      clearTimeout(timer);
      listening.abort();
    };
  }, []);

  useLayoutEffect(() => {
    const element = box.current;
    if (!tip || !element) return;
    const anchor = tip.anchor.getBoundingClientRect();
    const own = element.getBoundingClientRect();
    const above = anchor.top - own.height - MARGIN;
    const left = anchor.left + anchor.width / 2 - own.width / 2;
    element.style.top = `${above > MARGIN ? above : anchor.bottom + MARGIN}px`;
    element.style.left = `${Math.max(MARGIN, Math.min(left, window.innerWidth - own.width - MARGIN))}px`;
    element.style.visibility = "visible";
    // Read out with what has the focus, unless that is described already or only named by the same words.
    const { focused } = tip;
    if (!focused || focused.hasAttribute("aria-describedby")) return;
    if (focused.getAttribute("aria-label") === tip.text) return;
    focused.setAttribute("aria-describedby", "tip");
    return () => focused.removeAttribute("aria-describedby");
  }, [tip]);

  if (!tip) return null;
  return (
    <div
      ref={box}
      id="tip"
      role="tooltip"
      key={tip.text}
      style={{ visibility: "hidden" }}
      className="fade-in pointer-events-none fixed top-0 left-0 z-[60] max-w-80 rounded-md bg-raised px-2 py-1 text-xs break-words whitespace-pre-line text-fg shadow-pop"
    >
      {tip.text}
    </div>
  );
}

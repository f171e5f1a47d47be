"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { isTyping } from "@/components/ui/is-typing";
import { walkList } from "./list-walk";
import { PLACES } from "./places";
import { currentPanel, openPanel } from "./shell-store";

/** How long `g` waits for its letter. */
const JUMP_MS = 1200;

/** The keys that work on every page. `/` belongs to the page's own search field, where it has one. */
export function Shortcuts() {
  const router = useRouter();

  useEffect(() => {
    let jumpUntil = 0;

    function press(event: KeyboardEvent) {
      if (
        event.key.toLowerCase() === "k" &&
        (event.metaKey || event.ctrlKey) &&
        !event.altKey &&
        !event.shiftKey
      ) {
        event.preventDefault();
        openPanel(currentPanel() === "palette" ? null : "palette");
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target) || currentPanel() !== null || document.querySelector("[role=dialog]"))
        return;

      if (event.timeStamp < jumpUntil) {
        jumpUntil = 0;
        const place = PLACES.find(({ jump }) => jump === event.key);
        if (place) {
          event.preventDefault();
          router.push(place.href);
          return;
        }
      }
      if (event.key === "g") {
        jumpUntil = event.timeStamp + JUMP_MS;
      } else if (event.key === "j" || event.key === "k") {
        if (walkList(event.key === "j" ? 1 : -1)) event.preventDefault();
      } else if (event.key === "?") {
        event.preventDefault();
        openPanel("shortcuts");
      } else if (event.key === "/" && !document.querySelector("[data-slash]")) {
        event.preventDefault();
        openPanel("palette");
      }
    }

    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [router]);

  return null;
}

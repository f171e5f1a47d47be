"use client";

import { startTransition, useEffect, useState } from "react";

const nextFrame = () => new Promise<unknown>((resolve) => requestAnimationFrame(resolve));

/** Resolves when what React has drawn by now is on the screen; in a hidden tab, when that is looked at again. */
export async function afterPaint(): Promise<void> {
  // The first one comes before the frame is drawn, the second one after it.
  await nextFrame();
  await nextFrame();
}

/** False until what was drawn first is on the screen: for what can wait that long, and the reader cannot. */
export function useAfterPaint(): boolean {
  const [isAfter, setIsAfter] = useState(false);
  useEffect(() => {
    let isGone = false;
    void afterPaint().then(() => {
      if (!isGone) startTransition(() => setIsAfter(true));
    });
    return () => {
      isGone = true;
    };
  }, []);
  return isAfter;
}

"use client";

import { startTransition, useEffect, useState } from "react";

const nextTask = () => new Promise<unknown>((resolve) => setTimeout(resolve));
const nextFrame = () => new Promise<unknown>((resolve) => requestAnimationFrame(resolve));

/** Resolves when what the queries know by now is on the screen; in a hidden tab, when that is looked at again. */
export async function afterPaint(): Promise<void> {
  // An answer is told to the components in a task of its own.
  await nextTask();
  // Called back before a frame is drawn: the second time, the first one is on the screen.
  await nextFrame();
  await nextFrame();
  // And that second one is not to wait for what comes now.
  await nextTask();
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

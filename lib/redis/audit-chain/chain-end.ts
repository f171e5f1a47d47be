/**
 * The two ends of what is kept: `head`, where the chain ends, and `base`, the last archived entry before what is
 * kept. Each is one text with a MAC of its own, so that neither can be moved to a place that never was one.
 */
import { isMac, macOf } from "./canonical";

export interface ChainEnd {
  /** Sequence and hash of the entry that stands there. */
  seq: number;
  hash: string;
  /** That entry's time, epoch ms: the next one is never before it. */
  timeMs: number;
}

const FORM = /^(\d{1,15}):(\d{1,15}):([0-9a-f]{64}):([0-9a-f]{64})$/;

const said = (which: "head" | "base", end: ChainEnd) => `${which}\0${end.seq}:${end.timeMs}:${end.hash}`;

/** `seq:timeMs:hash:mac` */
export function writeEnd(which: "head" | "base", end: ChainEnd, macKey: Buffer): string {
  return `${end.seq}:${end.timeMs}:${end.hash}:${macOf(said(which, end), macKey)}`;
}

/**
 * @param macKey null takes the MAC on trust: for those who have no CONSOLE_SECRET
 * @returns null when the text is none, or its MAC is not this console's
 */
export function readEnd(which: "head" | "base", text: string, macKey: Buffer | null): ChainEnd | null {
  const [, seq, timeMs, hash, mac] = FORM.exec(text) ?? [];
  if (!hash || !mac) return null;
  const end = { seq: Number(seq), timeMs: Number(timeMs), hash };
  return macKey === null || isMac(mac, said(which, end), macKey) ? end : null;
}

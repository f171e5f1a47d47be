/** A message in an address: its place, counted from the oldest, and a mark of its bytes that tells nothing of them. */

export interface MessageLink {
  position: number;
  mark: string;
}

export function messageLink({ position, mark }: MessageLink): string {
  return `${position}-${mark}`;
}

/** null for what no page of this console has written. */
export function parseMessageLink(text: string | null): MessageLink | null {
  const [, position, mark] = /^(\d{1,9})-([0-9a-f]{16})$/.exec(text ?? "") ?? [];
  return position === undefined || mark === undefined ? null : { position: Number(position), mark };
}

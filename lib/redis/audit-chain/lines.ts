/** Lines of a file or of the stream in Redis, a bounded piece at a time. */
import { createReadStream } from "node:fs";
import type { Store } from "../store/store";
import { readLines, type StoredLine } from "./stored";

/** An entry's line is far shorter. Of a longer one only so much is kept: enough to say that it is no entry. */
const LONGEST_LINE = 256 * 1024;
const CHUNK = 200;

/** A file's lines without their ends. The last one need not have an end. */
export async function* fileLines(path: string): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  let kept = 0;
  const keep = (bytes: Buffer) => {
    const part = bytes.subarray(0, Math.max(0, LONGEST_LINE - kept));
    if (part.length > 0) rest.push(part);
    kept += part.length;
  };
  const take = () => {
    const line = Buffer.concat(rest).toString("utf8");
    rest = [];
    kept = 0;
    return line;
  };
  let isOpen = false;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      keep(chunk.subarray(from, end));
      yield take();
      from = end + 1;
    }
    keep(chunk.subarray(from));
    isOpen = from < chunk.length || (isOpen && from === 0);
  }
  if (isOpen) yield take();
}

/** Entries of the stream from one sequence to another, oldest first, without waiting for new ones. */
export async function* storedLines(store: Store, from: number, to: number): AsyncGenerator<StoredLine> {
  for (let next = from; next <= to; ) {
    const lines = await readLines(store, next, to, CHUNK);
    if (lines.length === 0) return;
    yield* lines;
    next = lines.at(-1)!.seq + 1;
  }
}

/**
 * The mirror as a file: opened for appending only, mode 0600, opened anew for each batch so that it may be moved
 * away (log rotation). Several processes may share one file: a lock file beside it keeps their batches apart.
 */
import { constants, type Stats } from "node:fs";
import { type FileHandle, open, stat, unlink } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { parseLine } from "./canonical";
import type { MirrorTarget } from "./mirror-target";
import { unavailable } from "./unavailable";

/** An entry's line is far shorter (see isDraft), so the last whole one is always in here. */
const TAIL_BYTES = 256 * 1024;
/** A batch is written in milliseconds. Whoever holds the lock for so long is dead. */
const LOCK_LIFE_MS = 5_000;

interface Seen {
  ino: number;
  size: number;
  last: { seq: number; hash: string } | null;
  /** The file ends amid a line: a crash or a full disk. */
  torn: boolean;
}

export class MirrorFile implements MirrorTarget {
  readonly #path: string;
  #seen: Seen | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  async last() {
    return this.#withFile(async (_file, seen) => seen.last);
  }

  async add(lines: readonly string[], after: number): Promise<"added" | "moved"> {
    return this.#withFile((file, seen, isRegular) => {
      const write = async () => {
        const now = isRegular ? await this.#look(file, await file.stat()) : seen;
        if (now.last !== null && now.last.seq !== after) return "moved";
        // If this fails half-way the next look finds what is there.
        this.#seen = null;
        const bytes = Buffer.from(`${now.torn ? "\n" : ""}${lines.join("\n")}\n`);
        await writeAll(file, bytes);
        if (isRegular) await file.datasync();
        const { ino, size } = await file.stat();
        const { seq, hash } = parseLine(lines.at(-1)!)!.entry;
        this.#seen = { ino, size, last: { seq, hash }, torn: false };
        return "added";
      };
      return isRegular ? this.#locked(write) : write();
    });
  }

  async #withFile<T>(work: (file: FileHandle, seen: Seen, isRegular: boolean) => Promise<T>): Promise<T> {
    const { O_RDWR, O_WRONLY, O_APPEND, O_CREAT } = constants;
    const existing = await stat(this.#path).catch(() => null);
    const isRegular = existing === null || existing.isFile();
    const access = isRegular ? O_RDWR : O_WRONLY;
    const file = await open(this.#path, access | O_APPEND | O_CREAT, 0o600);
    try {
      const found = await file.stat();
      const nothing = { ino: found.ino, size: 0, last: this.#seen?.last ?? null, torn: false };
      return await work(file, isRegular ? await this.#look(file, found) : nothing, isRegular);
    } finally {
      await file.close();
    }
  }

  /** What stands at the file's end; read only when it is not as this process left it. */
  async #look(file: FileHandle, { ino, size }: Stats): Promise<Seen> {
    if (this.#seen && this.#seen.ino === ino && this.#seen.size === size) return this.#seen;
    // A file that was moved away leaves an empty one, which goes on where the moved one ended.
    if (size === 0) return { ino, size, last: this.#seen?.last ?? null, torn: false };
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    const lines = buffer.toString("utf8").split("\n");
    const unfinished = lines.at(-1) === "" ? "" : lines.at(-1)!;
    for (const line of lines.reverse()) {
      const parsed = line && parseLine(line);
      if (!parsed) continue;
      const { seq, hash } = parsed.entry;
      // A whole line that lacks its end alone is torn as well: the next one must not stick to it.
      this.#seen = { ino, size, last: { seq, hash }, torn: unfinished !== "" };
      return this.#seen;
    }
    // The very first line may have been torn; a file of anything else is not ours to write into.
    if (lines.length === 1 && unfinished.startsWith('{"v":1,"seq":')) {
      return { ino, size, last: null, torn: true };
    }
    throw unavailable(
      "the file of its mirror holds something else.",
      "Give AUDIT_MIRROR a file of its own, which need not exist yet.",
    );
  }

  async #locked<T>(work: () => Promise<T>): Promise<T> {
    const path = `${this.#path}.lock`;
    for (const until = Date.now() + 2 * LOCK_LIFE_MS; ; await sleep(2 + Math.random() * 8)) {
      const lock = await open(path, "wx", 0o600).catch((error: { code?: string }) => {
        if (error.code !== "EEXIST" || Date.now() > until) throw error;
        return null;
      });
      if (lock) {
        await lock.close();
        break;
      }
      const held = await stat(path).catch(() => null);
      if (held && Date.now() - held.mtimeMs > LOCK_LIFE_MS) await unlink(path).catch(() => {});
    }
    try {
      return await work();
    } finally {
      await unlink(path).catch(() => {});
    }
  }
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    at += (await file.write(bytes, at, bytes.length - at)).bytesWritten;
  }
}

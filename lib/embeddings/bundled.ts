/**
 * The bundled model: Universal Sentence Encoder lite (English), 512 dimensions, its weights inside an npm
 * package. It runs in one worker thread per process (about 280 MB), started by the first text.
 */
import { Worker } from "node:worker_threads";
import { BUNDLED_MODEL } from "../env-models";
import { SafeError } from "../errors";
import { logEvent } from "../log";
import type { Embedder } from "./embedder";

/** A query waits behind one chunk at most: about 0.13 s. */
const CHUNK = 32;
/** The model loads in 0.4 s and a chunk takes 0.13 s; more than this is a hung thread. */
const DEADLINE_MS = 30_000;

interface Answer {
  id: number;
  error?: string;
  count: number;
  dimensions: number;
  vectors: Float32Array;
}

interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (error: SafeError) => void;
}

interface Thread {
  worker: Worker;
  waiting: Map<number, Waiting>;
}

// Route handlers and pages get separate instances of a module; the thread is one per process.
const shared = globalThis as unknown as {
  memoryConsoleEmbedding?: Thread;
  memoryConsoleEmbeddingId?: number;
};

export function bundledEmbedder(): Embedder {
  return {
    provider: "bundled",
    model: BUNDLED_MODEL,
    dimensions: 512,
    async embed(texts) {
      const vectors: Float32Array[] = [];
      for (let at = 0; at < texts.length; at += CHUNK) {
        // One chunk after the other: a query that arrives meanwhile takes its turn between two of them.
        const answer = await askTwice(texts.slice(at, at + CHUNK));
        for (let row = 0; row < answer.count; row += 1) {
          vectors.push(answer.vectors.slice(row * answer.dimensions, (row + 1) * answer.dimensions));
        }
      }
      return vectors;
    },
  };
}

function failed(what: string): SafeError {
  return new SafeError("embedding_failed", `The bundled embedding model ${what}.`, {
    hint: "Try again; word search works without it.",
  });
}

/** A thread that failed once may fail for ever (a model half loaded): the second try is another thread's. */
async function askTwice(texts: string[]): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const thread = runningThread();
    const answer = await ask(thread, texts);
    if (!answer.error) return answer;
    logEvent("embedding_thread_failed", { reason: answer.error });
    retire(thread);
    if (attempt === 2) throw failed("failed");
  }
}

function retire(thread: Thread): void {
  if (shared.memoryConsoleEmbedding === thread) shared.memoryConsoleEmbedding = undefined;
  void thread.worker.terminate();
}

async function ask(thread: Thread, texts: string[]): Promise<Answer> {
  const id = (shared.memoryConsoleEmbeddingId ?? 0) + 1;
  shared.memoryConsoleEmbeddingId = id;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Answer>((resolve, reject) => {
      thread.waiting.set(id, { resolve, reject });
      // Held while somebody waits, so that a script does not end before its answer; idle, it holds nothing.
      thread.worker.ref();
      timer = setTimeout(() => {
        reject(failed("did not answer in time"));
        retire(thread);
      }, DEADLINE_MS);
      thread.worker.postMessage({ id, texts });
    });
  } finally {
    clearTimeout(timer);
    thread.waiting.delete(id);
    if (thread.waiting.size === 0) thread.worker.unref();
  }
}

function runningThread(): Thread {
  if (shared.memoryConsoleEmbedding) return shared.memoryConsoleEmbedding;
  const thread: Thread = {
    worker: new Worker(new URL("./worker.mjs", import.meta.url)),
    waiting: new Map(),
  };
  const end = (what: string) => {
    if (shared.memoryConsoleEmbedding === thread) shared.memoryConsoleEmbedding = undefined;
    for (const { reject } of thread.waiting.values()) reject(failed(what));
    thread.waiting.clear();
  };
  thread.worker.on("message", (answer: Answer) => thread.waiting.get(answer.id)?.resolve(answer));
  thread.worker.on("error", () => end("stopped unexpectedly"));
  // The next text starts another thread.
  thread.worker.on("exit", () => end("was stopped"));
  thread.worker.unref();
  shared.memoryConsoleEmbedding = thread;
  return thread;
}

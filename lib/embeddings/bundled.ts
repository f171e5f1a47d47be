/**
 * The bundled model: Universal Sentence Encoder lite (English), 512 dimensions, its weights inside an npm
 * package. It runs in one worker thread per process (about 280 MB), started by the first text.
 */
import { Worker } from "node:worker_threads";
import { BUNDLED_MODEL } from "../env-models";
import { SafeError } from "../errors";
import { logEvent } from "../log";
import { perProcess } from "../per-process";
import { Turns } from "./turns";
import type { Embedder } from "./types";

/** A query waits behind one chunk at most: 0.1 to 0.2 s. */
const CHUNK = { texts: 32, chars: 3_000 };
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

/** One thread for the process, and whose turn it is. */
const bundled = () =>
  perProcess("bundled-model", () => ({
    thread: undefined as Thread | undefined,
    lastId: 0,
    // One chunk at a time: the thread's own queue would know nobody who waits.
    turns: new Turns(1, 1),
  }));

export function bundledEmbedder(): Embedder {
  return {
    provider: "bundled",
    model: BUNDLED_MODEL,
    dimensions: 512,
    async embed(texts, patience = "query") {
      const vectors: Float32Array[] = [];
      for (const chunk of chunksOf(texts)) {
        const inputs = chunk.map((at) => texts[at]!);
        const answer = await bundled().turns.run(patience, () => askTwice(inputs));
        for (let row = 0; row < answer.count; row += 1) {
          const from = row * answer.dimensions;
          vectors[chunk[row]!] = answer.vectors.slice(from, from + answer.dimensions);
        }
      }
      return vectors;
    },
  };
}

/**
 * Positions of texts that are embedded together. The model makes all of a chunk as long as its longest (31 short texts and
 * a long one took 1 s, apart 0.2 s), so they are put together by length.
 */
function chunksOf(texts: string[]): number[][] {
  const byLength = texts.map((_, at) => at).sort((a, b) => texts[a]!.length - texts[b]!.length);
  const chunks: number[][] = [];
  for (const at of byLength) {
    const last = chunks.at(-1);
    const fits = last && last.length < CHUNK.texts && (last.length + 1) * texts[at]!.length <= CHUNK.chars;
    if (fits) last.push(at);
    else chunks.push([at]);
  }
  return chunks;
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
  if (bundled().thread === thread) bundled().thread = undefined;
  void thread.worker.terminate();
}

async function ask(thread: Thread, texts: string[]): Promise<Answer> {
  bundled().lastId += 1;
  const id = bundled().lastId;
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
  const running = bundled().thread;
  if (running) return running;
  const thread: Thread = {
    worker: new Worker(new URL("./worker.mjs", import.meta.url)),
    waiting: new Map(),
  };
  const end = (what: string) => {
    if (bundled().thread === thread) bundled().thread = undefined;
    for (const { reject } of thread.waiting.values()) reject(failed(what));
    thread.waiting.clear();
  };
  thread.worker.on("message", (answer: Answer) => thread.waiting.get(answer.id)?.resolve(answer));
  thread.worker.on("error", () => end("stopped unexpectedly"));
  // The next text starts another thread.
  thread.worker.on("exit", () => end("was stopped"));
  thread.worker.unref();
  bundled().thread = thread;
  return thread;
}

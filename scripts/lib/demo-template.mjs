import { rmSync } from "node:fs";
import { PROJECT_ROOT } from "./project.mjs";
import { findEngine } from "./redis-engine.mjs";
import { startRedis } from "./redis-server.mjs";
import { seedDemo } from "./store.mjs";

/** Test servers have this secret, so that references made by one of them are understood by another. */
export const TEST_SECRET = "a-fixed-secret-for-tests-only-0123456789abcdef";

/**
 * Fills a data folder with the demo people. Copies of it start in a moment; seeding takes many.
 * @param {string} folder made anew
 * @param {(text: string) => void} note
 */
export async function prepareTemplate(folder, note) {
  rmSync(folder, { recursive: true, force: true });
  const server = await startRedis({ engine: await findEngine(), dataFolder: folder });
  try {
    await seedDemo({ root: PROJECT_ROOT, url: server.url, secret: TEST_SECRET }, note);
  } finally {
    await server.stop();
  }
}

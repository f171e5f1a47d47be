import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { standaloneFolder } from "./build.mjs";
import { PROJECT_ROOT } from "./project.mjs";

/**
 * Exported name → id of every server action that the build would run for whoever sends its id.
 * @param {string} [root]
 * @returns {Promise<Map<string, string>>}
 */
export async function builtActions(root = PROJECT_ROOT) {
  const path = join(standaloneFolder(root), ".next/server/server-reference-manifest.json");
  /** @type {{node: Record<string, {exportedName?: string}>}} */
  const { node } = JSON.parse(await readFile(path, "utf8"));
  const names = Object.entries(node)
    // The first byte's highest bit marks a 'use cache' function, which nobody can call by its id.
    .filter(([id]) => (Number.parseInt(id.slice(0, 2), 16) & 0x80) === 0)
    .map(([id, { exportedName }]) => /** @type {const} */ ([exportedName ?? id, id]));
  return new Map(names);
}

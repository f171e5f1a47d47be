import { rm } from "node:fs/promises";
import { join } from "node:path";
import { ensureBuild } from "../../scripts/lib/build.mjs";
import { prepareTemplate } from "../../scripts/lib/demo-template.mjs";
import { PROJECT_ROOT } from "../../scripts/lib/project.mjs";

/** `npm test` has made the build and the demo store already; a run of Playwright alone makes them here. */
export default async function globalSetup() {
  await ensureBuild(PROJECT_ROOT, () => {});
  if (process.env.DEMO_TEMPLATE) return;
  const folder = join(PROJECT_ROOT, "test-results", "demo-template");
  await prepareTemplate(folder, () => {});
  process.env.DEMO_TEMPLATE = folder;
  return () => rm(folder, { recursive: true, force: true });
}

// The production build by itself, as the Dockerfile makes it; npm start and npm test build when they need to.
import { requireNode } from "./lib/node-version.mjs";

requireNode();
const { runMain } = await import("./lib/stopper.mjs");
const { PROJECT_ROOT } = await import("./lib/project.mjs");
const { ensureBuild } = await import("./lib/build.mjs");
const { step } = await import("./lib/steps.mjs");

await runMain(() => step("build", (note) => ensureBuild(PROJECT_ROOT, note)));

import type { TestProject } from "vitest/node";
import { findEngine, type RedisEngine } from "../../scripts/lib/redis-engine.mjs";

declare module "vitest" {
  export interface ProvidedContext {
    redisEngine: RedisEngine;
  }
}

/** Finds (or fetches) the Redis that every test file starts for itself, once for the whole run. */
export default async function setup(project: TestProject) {
  project.provide("redisEngine", await findEngine({ log: (line) => process.stderr.write(`${line}\n`) }));
}

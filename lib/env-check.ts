import { env } from "./env";

/** Ends the process with a readable text when the configuration is wrong: a console half configured is no console. */
export function checkEnvOrExit(): void {
  try {
    env();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : "The configuration cannot be read."}\n`);
    process.exit(1);
  }
}

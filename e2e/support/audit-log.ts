/** The audit log as somebody outside of the console finds it. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { TEST_SECRET } from "../../scripts/lib/demo-template.mjs";
import { PROJECT_ROOT } from "../../scripts/lib/project.mjs";
import type { TestConsole } from "./console";

/** As redis-cli prints it: ids, field names and the entries, a line each. */
export function auditLog(console: TestConsole): Promise<string> {
  return console.redisCli("XRANGE", "console:audit:entries", "-", "+");
}

/** As a person in a terminal runs it, without Redis. */
export function verifyAudit(path: string): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(PROJECT_ROOT, "scripts", "verify-audit.mjs"), path],
      { env: { ...process.env, CONSOLE_SECRET: TEST_SECRET } },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
    );
  });
}

/** What a test run came to: the runners' own reports, added up. */
import { readFileSync } from "node:fs";

/** @typedef {import("./checks.mjs").PartResult} PartResult */

/**
 * Counts vitest's JSON report. A file that could not even be loaded has no tests that failed, and still failed.
 * @param {string} path
 * @returns {{passed: number, failed: number}}
 */
export function countVitest(path) {
  const report = JSON.parse(readFileSync(path, "utf8"));
  /** @type {{status: string, assertionResults: {status: string}[]}[]} */
  const files = report.testResults ?? [];
  const broken = files.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}

/**
 * Counts Playwright's JSON report. A test that passed only when tried again is not a passed test.
 * @param {string} path
 * @returns {{passed: number, failed: number}}
 */
export function countPlaywright(path) {
  const { stats, errors } = JSON.parse(readFileSync(path, "utf8"));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

/**
 * A runner's verdict: its report, unless that is missing, empty or contradicts how the runner ended.
 * @param {string} name
 * @param {number | null} exitCode
 * @param {() => {passed: number, failed: number}} count
 * @param {string} output
 * @returns {PartResult}
 */
export function judge(name, exitCode, count, output) {
  try {
    const { passed, failed } = count();
    if (passed + failed === 0)
      return { name, passed: 0, failed: 1, output: `${name}: no test was run\n${output}` };
    const crashed = exitCode !== 0 && failed === 0;
    return { name, passed, failed: crashed ? 1 : failed, output };
  } catch {
    return {
      name,
      passed: 0,
      failed: 1,
      output: `${name} ended with ${exitCode} and left no report\n${output}`,
    };
  }
}

/**
 * Shows the output of what failed, and as the very last line the sum.
 * @param {PartResult[]} results
 * @returns {number} the exit code
 */
export function printSum(results) {
  for (const { name, failed, output } of results) {
    if (failed > 0) console.log(`\n──── ${name} ────\n${output.trim()}`);
  }
  const sum = (/** @type {"passed" | "failed"} */ what) =>
    results.reduce((total, part) => total + part[what], 0);
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
  return sum("failed") === 0 && sum("passed") > 0 ? 0 : 1;
}

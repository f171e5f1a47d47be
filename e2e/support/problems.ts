import type { BrowserContext } from "@playwright/test";

/** What went wrong in the browser during a test: errors in its console, thrown errors, refusals of the CSP. */
export class PageProblems {
  readonly #found: string[] = [];
  readonly #expected: RegExp[] = [];

  watch(context: BrowserContext) {
    // Chromium reports what the Content-Security-Policy refused, and answers of 4xx and 5xx, as errors here too.
    context.on("console", (message) => {
      if (message.type() === "error") this.#found.push(`${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) =>
      this.#found.push(`thrown: ${error.error().stack ?? error.error().message}`),
    );
  }

  /** Says that this test brings such a problem about itself, for example by stopping Redis. */
  expect(pattern: RegExp) {
    this.#expected.push(pattern);
  }

  unexpected(): string[] {
    return this.#found.filter((problem) => !this.#expected.some((pattern) => pattern.test(problem)));
  }
}

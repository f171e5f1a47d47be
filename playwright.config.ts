import { defineConfig } from "@playwright/test";
import type { ConsoleOptions } from "./e2e/support/test";

/** As root (in a container) Chromium has no sandbox; the rest keeps it from talking to anybody. */
const CHROMIUM_ARGS = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ...["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  ...["--disable-component-update", "--disable-sync"],
];

export default defineConfig<object, ConsoleOptions>({
  testDir: "e2e",
  outputDir: "test-results/playwright",
  globalSetup: "./e2e/support/global-setup.ts",
  fullyParallel: false,
  workers: 2,
  // A test that passes only at the second try hides what went wrong at the first.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 30_000,
  expect: { timeout: 5_000 },
  reporter: [["line"]],
  use: {
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    video: "off",
    screenshot: "only-on-failure",
    launchOptions: { executablePath: process.env.CHROMIUM_PATH, args: CHROMIUM_ARGS },
  },
});

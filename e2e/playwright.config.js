import { defineConfig } from "@playwright/test";

// One browser: Debian's. CHROMIUM names another.
export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.js",
  fullyParallel: true,
  forbidOnly: true,
  // A fault fails twice; what fails once is told as flaky, by name, at the end.
  retries: 1,
  // A slow machine is no fault: a morning is as long as it takes.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  workers: 2,
  reporter: [["list"]],
  outputDir: "../target/e2e",
  use: {
    browserName: "chromium",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--font-render-hinting=none"],
    },
    trace: "retain-on-first-failure",
  },
});

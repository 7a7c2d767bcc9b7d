import { defineConfig, devices } from "@playwright/test";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chooseStack } from "./support/stack";

const stack = await chooseStack();
const debians = "/usr/bin/chromium";
const repository = fileURLToPath(new URL("../..", import.meta.url));

export default defineConfig({
  testDir: ".",
  outputDir: "../test-results",
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list", { printSteps: false }]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: stack.pageUrl,
    launchOptions: {
      ...(existsSync(debians) ? { executablePath: debians } : {}),
      args: ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-component-update", "--disable-sync"],
    },
    locale: "en-GB",
    timezoneId: "Europe/Lisbon",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
  ...(stack.isOurs
    ? {
        webServer: {
          command: "./dev up",
          cwd: repository,
          wait: { stdout: /Belfry is up/ },
          // Not built yet, it builds first.
          timeout: 15 * 60_000,
          gracefulShutdown: { signal: "SIGTERM" as const, timeout: 90_000 },
        },
      }
    : {}),
});

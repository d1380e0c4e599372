import { existsSync } from "node:fs";

import { defineConfig } from "@playwright/test";

const CHROMIUM = "/usr/bin/chromium";

// The pages are tried against a running demo, whose address is BASE_URL.
export default defineConfig({
  testDir: "tests",
  workers: 1, // all share one boutique
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    actionTimeout: 20_000, // a button that is not there is told by its name, not by the test's end
    baseURL: process.env.BASE_URL ?? "http://127.0.0.1:8000",
    viewport: { width: 360, height: 740 },
    locale: "en-KE",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: existsSync(CHROMIUM) ? CHROMIUM : undefined,
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
});

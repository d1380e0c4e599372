import { defineConfig } from "@playwright/test";

import base from "./base.config";

// What only looks at pages, and says so in its name, has the second shop of the demo.
const LOOKS = /every page|every step|an open chat can be used by everyone|everybody can use|read by everybody/;

// Two at once, one in each shop: of those that share a shop one runs after the other.
export default defineConfig(base, {
  testIgnore: "other-origin.spec.ts", // other-origin.config.ts
  workers: 2,
  projects: [
    { name: "doing", grepInvert: LOOKS, workers: 1 },
    { name: "looking", grep: LOOKS, workers: 1 },
  ],
});

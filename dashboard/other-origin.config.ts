import { defineConfig } from "@playwright/test";

import base from "./base.config";

// The pages from a host of their own (BASE_URL), the API from another (API_URL): what the browser
// asks differently then, and a part of what is tried with both on one origin.
export default defineConfig(base, {
  testMatch: ["other-origin.spec.ts", "sign-in.spec.ts", "orders.spec.ts", "alerts.spec.ts", "settings.spec.ts"],
});

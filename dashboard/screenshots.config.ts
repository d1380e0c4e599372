import { defineConfig } from "@playwright/test";

import base from "./base.config";

// Not tests: they write the pictures of docs/.
export default defineConfig(base, { testDir: "screenshots" });

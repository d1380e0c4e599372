import type { NextConfig } from "next";

// One source, two arrangements: `WEB_EXPORT=1` writes plain files that the API serves itself;
// without it the app runs on a host of its own and calls the API across origins.
const config: NextConfig = {
  output: process.env.WEB_EXPORT === "1" ? "export" : undefined,
  reactStrictMode: true,
  devIndicators: false,
  images: { unoptimized: true },
  // The same sources make the same names of files, so that two builds can be compared.
  generateBuildId: () => process.env.WEB_BUILD_ID ?? null,
};

export default config;

import type { NextConfig } from "next";

const exported = process.env.WEB_EXPORT === "1";

// One source, two arrangements: `WEB_EXPORT=1` writes plain files that the API serves itself;
// without it the app runs on a host of its own and calls the API across origins.
const config: NextConfig = {
  output: exported ? "export" : undefined,
  reactStrictMode: true,
  devIndicators: false,
  poweredByHeader: false,
  images: { unoptimized: true },
  turbopack: {
    resolveAlias: { "use-intl/format-message": "use-intl/format-message/format-only" },
    rules: { "*.json": { condition: { path: /src\/messages\// }, loaders: ["./compile-words.cjs"], as: "*.js" } },
  },
  // The same sources make the same names of files, so that two builds can be compared.
  generateBuildId: () => process.env.WEB_BUILD_ID ?? null,
  // As the API sends them with its own; the policies of pages are added after the build.
  headers: exported ? undefined : () => Promise.resolve([
    { source: "/:path*", headers: [
      { key: "x-content-type-options", value: "nosniff" },
      { key: "referrer-policy", value: "same-origin" },
    ] },
    { source: "/alerts-worker.js", headers: [{ key: "content-security-policy", value: "default-src 'none'" }] },
  ]),
};

export default config;

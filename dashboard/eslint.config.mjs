import next from "eslint-config-next/core-web-vitals";
import typescript from "eslint-config-next/typescript";

const config = [
  { ignores: [".next/**", "out/**", "src/api/schema.ts", "next-env.d.ts"] },
  ...next,
  ...typescript,
  {
    files: ["src/**/*.{ts,tsx}"],
    rules: {
      "max-lines": ["error", 250],
      "@typescript-eslint/no-explicit-any": "error",
      // Data comes through the generated client, so that a changed route is a type error.
      "no-restricted-globals": ["error", { name: "fetch", message: "Use the client of src/api." }],
      // Pictures are already made in sizes by the API, and the export has no image server.
      "@next/next/no-img-element": "off",
    },
  },
  { files: ["src/config.ts", "src/api/**", "src/shell/use-live.ts"], rules: { "no-restricted-globals": "off" } },
];

export default config;

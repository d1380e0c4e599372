// Runs after `next build` for a host of its own (npm run build): gives each page the content
// security policy that the API gives it in the other arrangement (dukani/web_app/policy.py), with
// the hashes of its own inline scripts. They are known only now, so the headers are added to
// what was built, where `next start` and Vercel read them.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const BUILT = path.join(import.meta.dirname, ".next");
const PAGES = path.join(BUILT, "server/app");
const INLINE = /<script(?![^>]*\bsrc=)[^>]*>(.*?)<\/script>/gs;

const origin = (address) => (address ? [new URL(address).origin] : []);
const api = origin(process.env.NEXT_PUBLIC_API_URL);
const supabase = origin(process.env.NEXT_PUBLIC_SUPABASE_URL);
const calls = [...new Set([...api, ...supabase])];

/** The policy of one page; both hosts may hold its pictures, and both are called. */
function policyOf(html) {
  const inline = [...html.matchAll(INLINE)].map(([, text]) => createHash("sha256").update(text).digest("base64"));
  const scripts = [...new Set(inline)].map((hash) => `'sha256-${hash}'`).sort();
  return [
    "default-src 'none'",
    ["script-src 'self'", ...scripts].join(" "),
    "style-src 'self' 'unsafe-inline'",
    ["img-src 'self' data: blob:", ...calls].join(" "),
    ["media-src 'self' blob:", ...calls].join(" "),
    "font-src 'self'",
    ["connect-src 'self'", ...calls].join(" "),
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** A header of one path, as a build writes those of next.config.ts. */
function entry(source, regex, policy) {
  return { source, headers: [{ key: "content-security-policy", value: policy }], regex };
}

const files = readdirSync(PAGES, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".html")).sort();
const missing = files.find((file) => file === "_not-found.html");
const pages = files.filter((file) => !path.basename(file).startsWith("_"));
if (!missing || pages.length === 0) throw new Error(`no built pages are in ${PAGES}`);

const read = (file) => policyOf(readFileSync(path.join(PAGES, file), "utf8"));
const policies = [
  // Every address that no page has; a later entry takes its place for the others.
  entry("/:path*", "^(?:/((?:[^/]+?)(?:/(?:[^/]+?))*))?(?:/)?$", read(missing)),
  ...pages.map((file) => {
    const at = file === "index.html" ? "/" : `/${file.slice(0, -".html".length)}`;
    return entry(at, `^${at.replace(/[-.*+?^${}()|[\]\\]/g, "\\$&")}(?:/)?$`, read(file));
  }),
];

const manifest = path.join(BUILT, "routes-manifest.json");
const routes = JSON.parse(readFileSync(manifest, "utf8"));
if (!Array.isArray(routes.headers)) throw new Error(`${manifest} has no headers: Next.js has changed its form`);
routes.headers = [...policies, ...routes.headers];
writeFileSync(manifest, JSON.stringify(routes));
console.log(`✓ ${policies.length} content security policies`);

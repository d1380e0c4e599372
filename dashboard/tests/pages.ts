import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const APP = path.join(import.meta.dirname, "../src/app");
const SHOP = "(shop)";
const PLATFORM = "(platform)";

/** The paths of all pages, from the folders they are made of: a new page is tried by itself. */
export function pages(): { open: string[]; shop: string[]; platform: string[] } {
  const found = readdirSync(APP, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "page.tsx" && !file.includes("["))
    .map((file) => path.dirname(file).split(path.sep));
  const at = (folders: string[]) => `/${folders.filter((one) => one !== "." && !one.startsWith("(")).join("/")}`;
  return {
    open: found.filter((folders) => folders[0] !== SHOP && folders[0] !== PLATFORM).map(at).sort(),
    platform: found.filter((folders) => folders[0] === PLATFORM).map(at).sort(),
    shop: [...found.filter((folders) => folders[0] === SHOP).map(at), ...further()].sort(),
  };
}

/** What has an address of its own within a page. */
function further(): string[] {
  const parts = readFileSync(path.join(APP, SHOP, "settings/parts.ts"), "utf8");
  const named = [...parts.matchAll(/name: "(\w+)"/g)].map(([, name]) => `/settings?part=${name}`);
  return ["/orders?filter=all", ...named];
}

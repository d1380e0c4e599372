import type { Schemas } from "@/api/client";

type Line = { category: Schemas["MessageRate"]["category"]; tokens: number; regions: string[] };

/** Regions that cost the same are one line. */
export function linesOf(rates: Schemas["MessageRate"][]): Line[] {
  const lines = new Map<string, Line>();
  for (const { category, tokens, region } of rates) {
    const key = `${category} ${tokens}`;
    const line = lines.get(key) ?? { category, tokens, regions: [] };
    lines.set(key, { ...line, regions: [...line.regions, region] });
  }
  return [...lines.values()];
}

import type { SizeChart } from "./queries";

export const MEASURES = ["bust", "waist", "hips", "foot", "height", "length"] as const;
export type Measure = (typeof MEASURES)[number];
export type TypedRow = { size: string; also: string; spans: Partial<Record<Measure, string>> };

/** The measures that a chart of a kind usually has; any may be typed. */
export function usualMeasures(category: string): Measure[] {
  if (category === "shoes") return ["foot"];
  if (["trousers", "jeans", "shorts", "skirt"].includes(category)) return ["waist", "hips", "length"];
  return ["bust", "waist", "hips"];
}

export function typed(chart: SizeChart): TypedRow[] {
  return chart.rows.map((row) => ({
    size: row.size,
    also: (row.also ?? []).join(", "),
    spans: Object.fromEntries(Object.entries(row.measures ?? {}).map(([name, [from, to]]) => [name, `${from}-${to}`])),
  }));
}

/** `88-96`, `88 – 96` or `88 to 96`, in centimetres; null for anything else. */
export function parseSpan(text: string): [number, number] | null {
  const found = /^\s*(\d{1,3}(?:\.\d)?)\s*(?:-|–|to|hadi)\s*(\d{1,3}(?:\.\d)?)\s*(?:cm)?\s*$/i.exec(text);
  if (!found) return null;
  const [from, to] = [Number(found[1]), Number(found[2])];
  return from < to ? [from, to] : null;
}

/** The rows as the API takes them, or the first cell that is no span. */
export function written(rows: TypedRow[]) {
  for (const [index, row] of rows.entries()) {
    for (const [measure, text] of Object.entries(row.spans)) {
      if (text?.trim() && !parseSpan(text)) return { wrong: { row: index, measure: measure as Measure } };
    }
  }
  return {
    rows: rows.filter((row) => row.size.trim()).map((row) => ({
      size: row.size.trim(),
      also: row.also.split(",").map((one) => one.trim()).filter(Boolean),
      ...Object.fromEntries(
        Object.entries(row.spans).filter(([, text]) => text?.trim()).map(([name, text]) => [name, parseSpan(text ?? "")]),
      ),
    })),
  };
}

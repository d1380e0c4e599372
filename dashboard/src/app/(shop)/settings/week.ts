export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof DAYS)[number];
export type Span = { opens: string; closes: string }; // HH:MM, in the boutique's own time
export type Week = Record<Day, Span[]>;

export const USUAL: Span = { opens: "09:00", closes: "18:00" };

/** The stored table by weekday; null where the hours are a text of the shop's own, or not said. */
export function readWeek(stored: unknown): Week | null {
  if (typeof stored !== "object" || stored === null || !DAYS.some((day) => day in stored)) return null;
  const table = stored as Partial<Record<Day, string>>;
  return Object.fromEntries(DAYS.map((day) => [day, spans(table[day] ?? "closed")])) as Week;
}

function spans(text: string): Span[] {
  if (text === "closed") return [];
  return text.split(/\s*,\s*/).map((span) => {
    const [opens = "", closes = ""] = span.split("-");
    return { opens, closes };
  });
}

export function writeWeek(week: Week): Record<Day, string> {
  return Object.fromEntries(
    DAYS.map((day) => [day, week[day].map((span) => `${span.opens}-${span.closes}`).join(", ") || "closed"]),
  ) as Record<Day, string>;
}

/** What is wrong with a day: a span without a time, or one that begins before the last one ended. */
export function dayProblem(day: Span[]): "empty" | "order" | null {
  if (day.some((span) => !span.opens || !span.closes)) return "empty";
  const end = (span: Span) => (span.closes === "00:00" ? "24:00" : span.closes);
  const ordered = day.every((span, index) =>
    span.opens < end(span) && (index === 0 || end(day[index - 1]!) <= span.opens));
  return ordered ? null : "order";
}

/** Days in a row with the same hours, as a shop writes them on its door. */
export function runs(week: Week): { from: Day; to: Day; spans: Span[] }[] {
  const found: { from: Day; to: Day; spans: Span[] }[] = [];
  for (const day of DAYS) {
    const last = found.at(-1);
    if (last && JSON.stringify(last.spans) === JSON.stringify(week[day])) last.to = day;
    else found.push({ from: day, to: day, spans: week[day] });
  }
  return found;
}

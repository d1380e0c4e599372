/** Days of the boutique's calendar, both inclusive, as the API takes them. */
export type Days = { since: string; until: string };

/** As the address names them; the first stands for none. */
export const RANGES = ["week", "today", "month", "this_month", "last_month", "quarter", "year", "own"] as const;
/** In the order in which they are offered. */
export const OFFERED: readonly Range[] = ["today", "week", "month", "this_month", "last_month", "quarter", "year", "own"];
export type Range = (typeof RANGES)[number];

export const STEPS = ["day", "week", "month"] as const;
export type Step = (typeof STEPS)[number];

const DAY_MS = 86_400_000;
const BACK: Partial<Record<Range, number>> = { today: 0, week: 6, month: 29, quarter: 89, year: 364 };
export const MOST_DAYS = 800; // the API answers for no more at once
// A bar must be wide enough for a thumb at 360 px, and one bar alone tells nothing.
const MOST_BARS = 62;
const LEAST_DAYS: Record<Step, number> = { day: 1, week: 14, month: 32 };
const DAYS_OF: Record<Step, number> = { day: 1, week: 7, month: 30 };

/** The days of a range, by the boutique's calendar; `own` are those asked for in the address. */
export function daysOf(range: Range, today: string, own: Partial<Days> = {}): Days {
  if (range === "own") return ownDays(own, today);
  if (range === "this_month") return { since: `${today.slice(0, 8)}01`, until: today };
  if (range === "last_month") {
    const last = later(today, -Number(today.slice(8)));
    return { since: `${last.slice(0, 8)}01`, until: last };
  }
  return { since: later(today, -(BACK[range] ?? 0)), until: today };
}

/** What was typed, made sense of: the earlier day first, none later than today, not too many. */
function ownDays({ since, until }: Partial<Days>, today: string): Days {
  const typed = [since, until].map((day) => (isDay(day) && day < today ? day : today)).sort();
  const last = typed[1] ?? today;
  const first = typed[0] ?? today;
  const earliest = later(last, 1 - MOST_DAYS);
  return { since: first < earliest ? earliest : first, until: last };
}

export function lengthOf({ since, until }: Days): number {
  return Math.round((at(until) - at(since)) / DAY_MS) + 1;
}

/** The steps that make a picture of so many days. */
export function stepsFor(days: number): Step[] {
  return STEPS.filter((step) => days >= LEAST_DAYS[step] && days / DAYS_OF[step] <= MOST_BARS);
}

/** The one that is shown unless another is chosen. */
export function stepOf(days: number, chosen: string | null): Step {
  const fitting = stepsFor(days);
  const usual: Step = days <= 31 ? "day" : days <= 120 ? "week" : "month";
  return fitting.find((step) => step === chosen) ?? usual;
}

export function later(day: string, days: number): string {
  return new Date(at(day) + days * DAY_MS).toISOString().slice(0, 10);
}

function at(day: string): number {
  return Date.parse(`${day}T12:00:00Z`);
}

function isDay(typed: string | undefined): typed is string {
  return typed !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(typed) && !Number.isNaN(at(typed));
}

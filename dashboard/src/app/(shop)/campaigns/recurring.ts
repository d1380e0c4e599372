export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];
export type Every = "week" | "two_weeks" | "month";
/** What of RFC 5545 the screens offer: on days of every or every other week, or on a day of the month. */
export type Simple = { every: Every; days: Weekday[]; monthDay: number };

const CODES: Record<Weekday, string> = { mon: "MO", tue: "TU", wed: "WE", thu: "TH", fri: "FR", sat: "SA", sun: "SU" };

export function ruleOf({ every, days, monthDay }: Simple): string {
  if (every === "month") return `FREQ=MONTHLY;BYMONTHDAY=${monthDay}`;
  const by = WEEKDAYS.filter((day) => days.includes(day)).map((day) => CODES[day]).join(",");
  return `FREQ=WEEKLY;${every === "two_weeks" ? "INTERVAL=2;" : ""}BYDAY=${by || "FR"}`;
}

/** None: it was written elsewhere, in a way that the screens do not offer. */
export function simpleOf(rule: string): Simple | null {
  const parts = new Map(rule.toUpperCase().split(";").map((part) => part.split("=") as [string, string]));
  const interval = parts.get("INTERVAL") ?? "1";
  const known = [...parts.keys()].every((key) => ["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY"].includes(key));
  if (!known) return null;
  if (parts.get("FREQ") === "WEEKLY" && ["1", "2"].includes(interval) && parts.has("BYDAY")) {
    const codes = (parts.get("BYDAY") ?? "").split(",");
    const days = WEEKDAYS.filter((day) => codes.includes(CODES[day]));
    return days.length === codes.length ? { every: interval === "2" ? "two_weeks" : "week", days, monthDay: 1 } : null;
  }
  const monthDay = Number(parts.get("BYMONTHDAY"));
  if (parts.get("FREQ") === "MONTHLY" && interval === "1" && monthDay >= 1 && monthDay <= 28) {
    return { every: "month", days: ["fri"], monthDay };
  }
  return null;
}

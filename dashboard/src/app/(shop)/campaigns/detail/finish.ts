import { type Weekday, WEEKDAYS } from "../recurring";
import { toInstant, toLocal } from "../zoned";

type Hours = { opens: string; closes: string; skip_days: readonly Weekday[] };
const DAY_MS = 86_400_000;

/** When the last of those who wait is sent to at this rate, if no hour closes before; none wait: null. */
export function finishOf(waiting: number, perMinute: number, now = new Date()): string | null {
  if (waiting === 0) return null;
  return new Date(now.getTime() + (waiting / Math.max(1, perMinute)) * 60_000).toISOString();
}

/** When messages leave next, by the clock of the shop, in whose zone most of its customers live; null: now. */
export function opensAt(hours: Hours, timeZone: string, now = new Date()): string | null {
  const [today = "", hour = ""] = toLocal(now, timeZone).split("T");
  for (let later = 0; later < 14; later += 1) { // a week of skipped days, twice
    const day = new Date(Date.parse(`${today}T00:00Z`) + later * DAY_MS);
    if (hours.skip_days.includes(WEEKDAYS[(day.getUTCDay() + 6) % 7]!)) continue;
    if (later === 0 && hour >= hours.closes.slice(0, 5)) continue;
    if (later === 0 && hour >= hours.opens.slice(0, 5)) return null;
    return toInstant(`${day.toISOString().slice(0, 10)}T${hours.opens}`, timeZone);
  }
  return null;
}

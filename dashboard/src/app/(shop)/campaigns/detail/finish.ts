import { toLocal } from "../zoned";

/** When the last of those who wait is sent to at this rate, if no hour closes before; none wait: null. */
export function finishOf(waiting: number, perMinute: number, now = new Date()): string | null {
  if (waiting === 0) return null;
  return new Date(now.getTime() + (waiting / Math.max(1, perMinute)) * 60_000).toISOString();
}

/** Whether messages leave at this hour of the shop's zone, in which most of its customers live. */
export function isOpen(pace: { opens: string; closes: string }, timeZone: string, now = new Date()): boolean {
  const hour = toLocal(now, timeZone).slice(11, 16);
  return pace.opens.slice(0, 5) <= hour && hour < pace.closes.slice(0, 5);
}

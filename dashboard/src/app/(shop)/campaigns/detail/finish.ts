/** When the last of those who wait is sent to at this rate, if no hour closes before; none wait: null. */
export function finishOf(waiting: number, perMinute: number, now = new Date()): string | null {
  if (waiting === 0) return null;
  return new Date(now.getTime() + (waiting / Math.max(1, perMinute)) * 60_000).toISOString();
}

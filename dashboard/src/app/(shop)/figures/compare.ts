export type Compared = { how: "neither" | "none" | "same" } | { how: "more" | "less"; percent: number } | { how: "times"; times: number };

const TOLD_AS_TIMES = 3; // from here on a per cent is a riddle

/** How much more or less it is than before, for words to be made of; there is no per cent of nothing. */
export function compared(now: number, before: number): Compared {
  if (before <= 0) return { how: now > 0 ? "none" : "neither" };
  if (now / before >= TOLD_AS_TIMES) return { how: "times", times: Math.round((now / before) * 10) / 10 };
  const percent = Math.round((Math.abs(now - before) / before) * 100);
  return percent === 0 ? { how: "same" } : { how: now > before ? "more" : "less", percent };
}

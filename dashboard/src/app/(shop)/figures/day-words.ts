"use client";

import { useLocale } from "use-intl";

type Days = { first: string; last: string };

/** Names of days that have no time of day, and so no time zone: "Mon 24 Nov", "24 Nov – 30 Nov". */
export function useDayWords() {
  const locale = useLocale();
  const format = (day: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options }).format(new Date(`${day}T12:00:00Z`));
  const short = (day: string) => format(day, { day: "numeric", month: "short" });
  return {
    short,
    span: ({ first, last }: Days) =>
      (first === last ? format(first, { weekday: "short", day: "numeric", month: "short" }) : `${short(first)} – ${short(last)}`),
  };
}

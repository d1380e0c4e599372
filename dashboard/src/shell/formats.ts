"use client";

import { useMemo } from "react";
import { useLocale } from "use-intl";

import { useBoutique } from "./boutique";

const DAY_MS = 86_400_000;

/** Money and times as the boutique reads them: in its currency and its time zone. */
export function useFormats() {
  const locale = useLocale();
  const { currency, timezone } = useBoutique();
  return useMemo(() => makeFormats(locale, currency, timezone), [locale, currency, timezone]);
}

export function makeFormats(locale: string, currency: string, timeZone: string) {
  const digits = minorDigits(currency);
  const whole = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "code", maximumFractionDigits: 0 });
  const exact = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "code", minimumFractionDigits: digits });
  const clock = new Intl.DateTimeFormat(locale, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const weekday = new Intl.DateTimeFormat(locale, { timeZone, weekday: "short" });
  const date = new Intl.DateTimeFormat(locale, { timeZone, day: "numeric", month: "short" });
  const long = new Intl.DateTimeFormat(locale, { timeZone, weekday: "long", day: "numeric", month: "long" });
  const dayOf = new Intl.DateTimeFormat("en-CA", { timeZone });
  const unit = 10 ** digits;

  return {
    currency,
    digits,
    /** Whole shillings are written without cents. */
    money: (minor: number) => (minor % unit === 0 ? whole : exact).format(minor / unit),
    time: (at: string) => clock.format(new Date(at)),
    day: (at: string) => long.format(new Date(at)),
    dayKey: (at: string) => dayOf.format(new Date(at)),
    /** The time today, the weekday within a week, else the date. */
    when: (at: string, now = new Date()) => {
      const then = new Date(at);
      if (dayOf.format(then) === dayOf.format(now)) return clock.format(then);
      return (now.getTime() - then.getTime() < 6 * DAY_MS ? weekday : date).format(then);
    },
    full: (at: string) => `${date.format(new Date(at))}, ${clock.format(new Date(at))}`,
  };
}

/** Digits behind the point of a currency's minor unit: 2 for shillings of Kenya, 0 of Uganda. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** What was typed as a price, as people write one (`3,500`, `3.5k`, `Ksh 3500/=`), in minor units. */
export function parsePrice(typed: string, digits: number): number | null {
  const text = typed.toLowerCase().replace(/ksh|kes|tsh|ush|[\s,]|\/[=-]/g, "");
  const found = /^(\d+(?:\.\d+)?)(k?)$/.exec(text);
  if (!found) return null;
  const minor = Math.round(Number(found[1]) * (found[2] ? 1000 : 1) * 10 ** digits);
  return Number.isSafeInteger(minor) && minor > 0 ? minor : null;
}

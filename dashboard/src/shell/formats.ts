"use client";

import { useLocale } from "use-intl";

import { useBoutique } from "./boutique";

const DAY_MS = 86_400_000;

type Formats = ReturnType<typeof makeFormats>;
const made = new Map<string, Formats>();

/** Money and times as the boutique reads them: in its currency and its time zone. */
export function useFormats(): Formats {
  const locale = useLocale();
  const { currency, timezone } = useBoutique();
  return formatsOf(locale, currency, timezone);
}

/** The same for all who ask for the same: each row of a list does. */
export function formatsOf(locale: string, currency: string, timeZone: string): Formats {
  const key = `${locale} ${currency} ${timeZone}`;
  let formats = made.get(key);
  if (!formats) made.set(key, formats = makeFormats(locale, currency, timeZone));
  return formats;
}

function makeFormats(locale: string, currency: string, timeZone: string) {
  const digits = minorDigits(currency);
  const number = (more: Intl.NumberFormatOptions) => lazy(() =>
    new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "code", ...more }));
  const dates = (options: Intl.DateTimeFormatOptions, as = locale) => lazy(() =>
    new Intl.DateTimeFormat(as, { timeZone, ...options }));
  const whole = number({ maximumFractionDigits: 0 });
  const exact = number({ minimumFractionDigits: digits });
  const clock = dates({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const weekday = dates({ weekday: "short" });
  const date = dates({ day: "numeric", month: "short" });
  const long = dates({ weekday: "long", day: "numeric", month: "long" });
  const dayOf = dates({}, "en-CA");
  const unit = 10 ** digits;

  return {
    currency,
    digits,
    /** Whole shillings are written without cents. */
    money: (minor: number) => (minor % unit === 0 ? whole : exact)().format(minor / unit),
    time: (at: string) => clock().format(new Date(at)),
    day: (at: string) => long().format(new Date(at)),
    dayKey: (at: string) => dayOf().format(new Date(at)),
    /** The time today, the weekday within a week, else the date. */
    when: (at: string, now = new Date()) => {
      const then = new Date(at);
      if (dayOf().format(then) === dayOf().format(now)) return clock().format(then);
      return (now.getTime() - then.getTime() < 6 * DAY_MS ? weekday : date)().format(then);
    },
    full: (at: string) => `${date().format(new Date(at))}, ${clock().format(new Date(at))}`,
  };
}

/** A format is made when it is first used: a phone takes milliseconds for one. */
function lazy<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= make());
}

// Known without asking the browser, which takes a phone some twenty milliseconds the first time.
const DIGITS: Record<string, number> = { KES: 2, TZS: 2, UGX: 0, RWF: 0, ETB: 2 };

/** Digits behind the point of a currency's minor unit: 2 for shillings of Kenya, 0 of Uganda. */
export function minorDigits(currency: string): number {
  return DIGITS[currency] ?? new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** What was typed as a price, as people write one (`3,500`, `3.5k`, `Ksh 3500/=`), in minor units. */
export function parsePrice(typed: string, digits: number): number | null {
  const text = typed.toLowerCase().replace(/ksh|kes|tsh|ush|[\s,]|\/[=-]/g, "");
  const found = /^(\d+(?:\.\d+)?)(k?)$/.exec(text);
  if (!found) return null;
  const minor = Math.round(Number(found[1]) * (found[2] ? 1000 : 1) * 10 ** digits);
  return Number.isSafeInteger(minor) && minor > 0 ? minor : null;
}

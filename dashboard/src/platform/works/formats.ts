"use client";

import { useLocale, useTranslations } from "use-intl";

import { formatsOf } from "@/shell/formats";

/** Times as this browser's clock has them: who runs the installation is in no boutique's zone. */
export function useClock() {
  const locale = useLocale();
  const { full, when } = formatsOf(locale, "KES", Intl.DateTimeFormat().resolvedOptions().timeZone);
  const exact = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  return { full, when, second: (at: string) => exact.format(new Date(at)) };
}

/** A span of time in one or two units. */
export function useSpan(): (seconds: number) => string {
  const t = useTranslations("works.for");
  return (seconds) => {
    const min = Math.floor(seconds / 60);
    if (seconds < 60) return t("s", { n: Math.max(0, Math.round(seconds)) });
    if (min < 60) return t("min", { n: min });
    if (min < 48 * 60) return t("h", { h: Math.floor(min / 60), min: min % 60 });
    return t("d", { d: Math.floor(min / 1440) });
  };
}

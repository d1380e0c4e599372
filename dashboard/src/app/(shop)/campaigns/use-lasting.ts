"use client";

import { useTranslations } from "use-intl";

const HOUR = 60;
const DAY = 24 * HOUR;

/** How long something lasts, as people say it: minutes, hours, or days. */
export function useLasting() {
  const t = useTranslations("campaigns.lasting");
  return (minutes: number) =>
    minutes < 2 * HOUR ? t("minutes", { count: Math.max(1, Math.round(minutes)) })
    : minutes < 2 * DAY ? t("hours", { count: Math.round(minutes / HOUR) })
    : t("days", { count: Math.round(minutes / DAY) });
}

"use client";

import { useTranslations } from "use-intl";

import type { Trigger, Written } from "./queries";

export type Unit = "minutes" | "hours" | "days";
export const MINUTES: Record<Unit, number> = { minutes: 1, hours: 60, days: 24 * 60 };

/** In the largest unit in which it is a whole number. */
export function unitOf(minutes: number): Unit {
  if (minutes > 0 && minutes % MINUTES.days === 0) return "days";
  return minutes > 0 && minutes % MINUTES.hours === 0 ? "hours" : "minutes";
}

/** When a rule's steps go, in words. */
export function useTold() {
  const t = useTranslations("automations");
  const wait = (minutes: number) => {
    const unit = unitOf(minutes);
    return t(`wait.${unit}`, { count: minutes / MINUTES[unit] });
  };
  const when = (trigger: Trigger, minutes: number) =>
    minutes === 0 ? t(`atOnce.${trigger}`) : t(`when.${trigger}`, { wait: wait(minutes) });
  const rule = ({ trigger, steps }: Pick<Written, "trigger" | "steps">) => when(trigger, steps[0]?.after_minutes ?? 0);
  const reason = (code: string) => (t.has(`reason.${code}` as never) ? t(`reason.${code}` as never) : code.replaceAll("_", " "));
  return { wait, when, rule, reason };
}

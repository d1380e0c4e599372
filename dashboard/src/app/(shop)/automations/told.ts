"use client";

import { useTranslations } from "use-intl";

import type { Trigger, Written } from "./queries";

export const TRIGGERS = [
  "cart_abandoned", "checkout_started", "payment_failed", "back_in_stock", "price_dropped",
  "view_product", "add_to_cart", "order_delivered", "support_message",
] as const satisfies readonly Trigger[];
/** What she must know or asked for may be service; anything else is an offer. */
export const MAY_BE_SERVICE: readonly Trigger[] = ["payment_failed", "order_delivered", "support_message"];

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

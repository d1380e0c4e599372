"use client";

import { useLocale, useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { useBoutique } from "@/shell/boutique";
import { formatsOf, useFormats } from "@/shell/formats";

import type { Money } from "./queries";

/** The one large number: what came of messages and stands. */
export function MoneyCard({ money }: { money: Money[] }) {
  const t = useTranslations("ruleResults");
  const format = useMoney();
  const { money: own } = useFormats();
  const sold = money.some((one) => one.amount_minor > 0);
  return (
    <section aria-label={t("revenue")} className="rounded-2xl border bg-surface p-4">
      <p className="text-xs text-soft">{t("revenue")}</p>
      {(money.length === 0 ? [own(0)] : money.map(format)).map((told) => (
        <p key={told} className={cn("mt-1 text-2xl font-semibold tabular-nums tracking-tight [overflow-wrap:anywhere] max-sm:text-xl", sold && "text-green-ink")}>{told}</p>
      ))}
      <p className="mt-0.5 text-balance text-soft">{t("orders", { count: money.reduce((all, one) => all + one.orders, 0) })}</p>
    </section>
  );
}

/** Each in its own currency. */
export function useMoney() {
  const locale = useLocale();
  const { timezone } = useBoutique();
  return (one: Money) => formatsOf(locale, one.currency, timezone).money(one.amount_minor);
}

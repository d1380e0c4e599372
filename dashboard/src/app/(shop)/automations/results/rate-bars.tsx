"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

import { percent, type Rate } from "./queries";

export type Named = { key: string; name: string; rate: Rate; badge?: ReactNode };

/** Shares side by side, each with the range in which the true one lies. */
export function RateBars({ rates }: { rates: Named[] }) {
  const t = useTranslations("ruleResults");
  const top = Math.max(0.001, ...rates.map(({ rate }) => rate.high));
  return (
    <ul className="flex flex-col gap-3">
      {rates.map(({ key, name, rate, badge }) => (
        <li key={key}>
          <div className="flex items-baseline gap-2">
            <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
            {badge}
            <span className="tabular-nums">{percent(rate.share)}</span>
          </div>
          <div aria-hidden className="relative mt-1.5 h-2 rounded-full bg-ink/8">
            <span className="absolute inset-y-0 rounded-full bg-green/40" style={{ left: `${(rate.low / top) * 100}%`, right: `${100 - (rate.high / top) * 100}%` }} />
            <span className="absolute -inset-y-0.5 w-1 -translate-x-1/2 rounded-full bg-green-ink" style={{ left: `${(rate.share / top) * 100}%` }} />
          </div>
          <p className="mt-1 text-xs text-soft">{t("between", { low: percent(rate.low), high: percent(rate.high), count: rate.of })}</p>
        </li>
      ))}
    </ul>
  );
}

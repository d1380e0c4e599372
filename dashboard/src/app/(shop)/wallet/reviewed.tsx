"use client";

import { CircleHelp } from "lucide-react";
import { useTranslations } from "use-intl";

import { useFormats } from "@/shell/formats";

import { useReviewed, useTokenMoney } from "./queries";

/** Purchases whose money is not what was asked for: said until a person has settled each. */
export function Reviewed({ owner }: { owner: boolean }) {
  const t = useTranslations("wallet");
  const { full } = useFormats();
  const money = useTokenMoney();
  const found = useReviewed(owner);
  if (found.length === 0) return null;
  return (
    <section aria-labelledby="wallet-reviewed" className="overflow-hidden rounded-2xl border border-amber-dot/50 bg-amber-soft text-amber">
      <h2 id="wallet-reviewed" className="flex items-center gap-2 px-4 pt-4 font-medium"><CircleHelp aria-hidden className="size-5 shrink-0" /> {t("reviewed", { count: found.length })}</h2>
      <p className="px-4 pt-1">{t("states.review")}</p>
      <ul className="mt-3 divide-y divide-amber-dot/30 border-t border-amber-dot/30">
        {found.map((one) => (
          <li key={one.id} className="flex items-baseline gap-3 px-4 py-3">
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{t("tokens", { count: one.tokens })}</span>
              <span className="block truncate text-xs">{[full(one.created_at), one.phone, one.receipt && t("receipt", { receipt: one.receipt })].filter(Boolean).join(" · ")}</span>
            </span>
            <span className="font-medium tabular-nums">{money(one.amount_minor)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

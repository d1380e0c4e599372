"use client";

import { Megaphone, PackageCheck } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "use-intl";

import { Skeleton } from "@/components/ui/skeleton";

import { linesOf } from "./lines";
import { useRates } from "./queries";

const ICONS = { marketing: Megaphone, utility: PackageCheck };

/** What a message costs, by where its phone is from, and how many the balance is enough for. */
export function Costs({ available }: { available: number }) {
  const t = useTranslations("wallet");
  const format = useFormatter();
  const locale = useLocale();
  const rates = useRates();
  if (!rates) return <Skeleton className="h-44 w-full rounded-2xl" />;
  const names = new Intl.DisplayNames(locale, { type: "region" });
  const all = new Intl.ListFormat(locale, { type: "disjunction" });
  return (
    <section aria-labelledby="wallet-costs" className="rounded-2xl border bg-surface">
      <h2 id="wallet-costs" className="px-4 pb-1 pt-4 text-xs font-medium text-soft">{t("costs")}</h2>
      <ul className="divide-y">
        {linesOf(rates.rates).map((line) => {
          const Icon = ICONS[line.category];
          const places = line.regions.includes("*") ? t("elsewhere") : all.format(line.regions.map((one) => names.of(one) ?? one));
          return (
            <li key={`${line.category} ${line.tokens}`} className="flex items-center gap-3 px-4 py-3">
              <span className="grid size-10 shrink-0 place-items-center rounded-xl bg-sunk"><Icon aria-hidden className="size-5" /></span>
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{t(`categories.${line.category}`)}</span>
                <span className="block text-xs text-soft">{line.regions.length > 1 && line.regions.includes("*") ? t("everywhere") : places}</span>
              </span>
              <span className="text-right">
                <span className="block font-medium tabular-nums">{t("tokens", { count: line.tokens })}</span>
                <span className="block text-xs tabular-nums text-soft">{t("enoughFor", { count: format.number(Math.floor(available / line.tokens)) })}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

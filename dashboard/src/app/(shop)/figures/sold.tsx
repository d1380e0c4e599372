"use client";

import { useTranslations } from "use-intl";

import { useFormats } from "@/shell/formats";

import { useChange } from "./change";
import type { Report } from "./queries";

/** The sales of the days as the one large number, beside those before, and where they were made. */
export function Sold({ report, length }: { report: Report; length: number }) {
  const t = useTranslations("figures");
  const { money } = useFormats();
  const change = useChange();
  const { now, before } = report;
  const lines = [
    ["inChats", now.orders, now.orders_minor],
    ["inShop", now.counter_sales, now.counter_minor],
    ["refunds", now.refunds, -now.refunds_minor],
  ] as const;
  return (
    <section aria-labelledby="sold" className="rounded-3xl bg-[#00614f] p-5 text-white">
      <h2 id="sold" className="text-xs font-medium opacity-85">{t("sold")}</h2>
      <p className="mt-1 text-2xl font-semibold tracking-tight" data-figure="sales">{money(now.sales_minor)}</p>
      <p className="mt-1">{change(now.sales_minor, before.sales_minor, length)}</p>
      {before.sales_minor > 0 && <p className="text-xs opacity-85">{t("before", { days: length, sum: money(before.sales_minor) })}</p>}
      <dl className="mt-3 border-t border-white/20 pt-2">
        {lines.filter(([name, count]) => count > 0 || name !== "refunds").map(([name, count, minor]) => (
          <div key={name} className="flex gap-3 py-1"><dt className="flex-1 opacity-85">{t(name, { count })}</dt><dd>{money(minor)}</dd></div>
        ))}
      </dl>
    </section>
  );
}

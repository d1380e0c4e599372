"use client";

import { useTranslations } from "use-intl";

import { Skeleton } from "@/components/ui/skeleton";
import { useFormats } from "@/shell/formats";

import type { Report } from "./queries";

/** The profit as the one large number, and what it is made of. */
export function Earned({ report }: { report: Report | undefined }) {
  const t = useTranslations("margin");
  const { money } = useFormats();
  if (!report) return <Skeleton className="h-52 rounded-3xl" />;
  const share = report.revenue_minor > 0 ? Math.round((report.profit_minor / report.revenue_minor) * 100) : null;
  const lines = [
    ["revenue", report.revenue_minor], ["cost", -report.cost_minor], ["refunds", -report.refunds_minor], ["writtenOff", -report.written_off_minor],
  ] as const;
  const beside = [["unknownMinor", report.unknown_minor], ["delivery", report.delivery_minor]] as const;
  return (
    <section aria-label={t("title")} className="rounded-3xl bg-[#00614f] p-5 text-white">
      <p className="text-xs opacity-85">{t("title")}{share !== null && ` · ${t("share", { share })}`}</p>
      <p className="text-2xl font-semibold tabular-nums tracking-tight">{money(report.profit_minor)}</p>
      <dl className="mt-3">
        {lines.filter(([name, sum]) => sum !== 0 || name === "revenue" || name === "cost").map(([name, sum]) => (
          <div key={name} className="flex gap-3 py-1"><dt className="flex-1 opacity-85">{t(name)}</dt><dd className="tabular-nums">{money(sum)}</dd></div>
        ))}
        {beside.filter(([, sum]) => sum !== 0).map(([name, sum]) => (
          <div key={name} className="flex gap-3 border-t border-white/20 py-1 text-xs first-of-type:mt-2"><dt className="flex-1 opacity-85">{t(name)}</dt><dd className="tabular-nums">{money(sum)}</dd></div>
        ))}
      </dl>
    </section>
  );
}

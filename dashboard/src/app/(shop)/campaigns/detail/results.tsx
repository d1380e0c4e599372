"use client";

import { useTranslations } from "use-intl";

import { Skeleton } from "@/components/ui/skeleton";
import { Section } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import { type Campaign, type Stats, useStats } from "../queries";
import { Arms } from "./arms";
import { Funnel } from "./funnel";
import { Hours } from "./hours";
import { useReason } from "./use-reason";

/** What came of it: money first, then how far people went, who did better, and what went wrong. */
export function Results({ campaign }: { campaign: Campaign }) {
  const t = useTranslations("campaigns.results");
  const { data } = useStats(campaign.id);
  if (!data) return <Skeleton className="h-64 rounded-2xl" />;
  return (
    <>
      <Money stats={data} />
      <Section title={t("funnel")}><Funnel total={data.total} /></Section>
      {(data.arms.length > 1 || data.comparison || data.lift) && <Section title={t("arms")}><Arms stats={data} campaign={campaign} /></Section>}
      {data.read_by_hour.some((count) => count > 0) && <Section title={t("hours")}><Hours counts={data.read_by_hour} /></Section>}
      {data.reasons.length > 0 && <Section title={t("reasons")}><Reasons stats={data} /></Section>}
    </>
  );
}

function Money({ stats }: { stats: Stats }) {
  const t = useTranslations("campaigns.results");
  const { money } = useFormats();
  const { total } = stats;
  return (
    <section aria-label={t("money")} className="grid grid-cols-2 gap-px overflow-hidden rounded-2xl border bg-line sm:grid-cols-4">
      <Figure name={t("revenue")} told={money(total.revenue_minor)} good={total.revenue_minor > 0} />
      <Figure name={t("cost")} told={stats.cost_minor === null ? t("tokens", { count: total.tokens }) : money(stats.cost_minor)} />
      <Figure name={t("roi")} told={stats.return_on_cost === null ? "–" : t("times", { count: (stats.return_on_cost + 1).toFixed(1) })} />
      <Figure name={t("optedOut")} told={String(total.opted_out)} />
    </section>
  );
}

function Figure({ name, told, good }: { name: string; told: string; good?: boolean }) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5 bg-surface p-4">
      <span className="truncate text-xs text-soft">{name}</span>
      <span className={good ? "truncate text-lg font-semibold text-green-ink" : "truncate text-lg font-semibold"}>{told}</span>
    </div>
  );
}

function Reasons({ stats }: { stats: Stats }) {
  const t = useTranslations("campaigns.results");
  const said = useReason();
  return (
    <ul className="divide-y">
      {stats.reasons.map((one) => (
        <li key={`${one.state}-${one.reason}`} className="flex items-baseline gap-3 px-4 py-3">
          <span className="min-w-0 flex-1">
            {said(one.reason)} <span className="text-xs text-soft">{t(`states.${one.state}`)}</span>
          </span>
          <span className="font-medium">{one.recipients.toLocaleString("en-KE")}</span>
        </li>
      ))}
    </ul>
  );
}

"use client";

import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
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
  if (!data) return <div aria-busy="true"><Skeleton className="h-64 rounded-2xl" /></div>;
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
    <section aria-label={t("money")} className="overflow-hidden rounded-2xl border bg-surface">
      <div className="p-4">
        <p className="text-xs text-soft">{t("revenue")}</p>
        <p className={cn("mt-1 text-2xl font-semibold tracking-tight", total.revenue_minor > 0 && "text-green-ink")}>{money(total.revenue_minor)}</p>
        <p className="mt-0.5 text-soft">{t("buyers", { count: total.converted })}</p>
      </div>
      <dl className="grid grid-cols-3 divide-x border-t">
        <Figure name={t("cost")} told={stats.cost_minor === null ? t("tokens", { count: total.tokens }) : money(stats.cost_minor)} />
        <Figure name={t("roi")} told={stats.return_on_cost === null ? "–" : t("times", { count: rounded(stats.return_on_cost + 1) })} />
        <Figure name={t("optedOut")} told={String(total.opted_out)} />
      </dl>
    </section>
  );
}

/** How many times the cost came back: a tenth counts only where it is little. */
const rounded = (times: number) => (times < 10 ? times.toFixed(1) : Math.round(times).toLocaleString("en-KE"));

function Figure({ name, told }: { name: string; told: string }) {
  return (
    <div className="min-w-0 p-4 max-sm:px-3">
      <dt className="text-xs text-soft">{name}</dt>
      <dd className="mt-0.5 break-words font-semibold">{told}</dd>
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

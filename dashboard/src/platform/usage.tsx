"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useFormatter, useLocale, useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { later } from "@/components/later";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { formatsOf } from "@/shell/formats";

type Usage = Schemas["PlatformUsage"];
type Sheet = "plan" | "gift" | null;
const PlanSheet = later(() => import("./plan-sheet").then((part) => part.PlanSheet));
const GiftSheet = later(() => import("./gift-sheet").then((part) => part.GiftSheet));

export function useUsage(boutiqueId: string) {
  return api.useQuery("get", "/platform/boutiques/{boutique_id}/usage", { params: { path: { boutique_id: boutiqueId } } });
}

export function useUsageChanged(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ["get", "/platform/boutiques/{boutique_id}/usage"] });
}

/** What a boutique uses of the platform, and the plan that limits it. */
export function BoutiqueUsage({ boutiqueId }: { boutiqueId: string }) {
  const t = useTranslations("platformUsage");
  const [sheet, setSheet] = useState<Sheet>(null);
  const { data } = useUsage(boutiqueId);
  if (!data) return <Skeleton className="h-64 w-full rounded-2xl" />;
  return (
    <section aria-labelledby="usage" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <h2 id="usage" className="flex-1 text-lg font-semibold">{t("title")}</h2>
        <Button look="outline" onClick={() => setSheet("gift")}>{t("give")}</Button>
        <Button look="outline" onClick={() => setSheet("plan")}>{t("changePlan")}</Button>
      </div>
      <Plan usage={data} />
      {data.is_near && data.plan && (
        <Notice tone="waits">{t(`${data.is_over ? "over" : "near"}.${data.plan.over}`)}</Notice>
      )}
      <Months usage={data} />
      <ThisMonth usage={data} />
      {sheet === "plan" && <PlanSheet boutiqueId={boutiqueId} plan={data.plan} currency={data.currency} onClose={() => setSheet(null)} />}
      {sheet === "gift" && <GiftSheet boutiqueId={boutiqueId} onClose={() => setSheet(null)} />}
    </section>
  );
}

function Plan({ usage: { plan, currency } }: { usage: Usage }) {
  const t = useTranslations("platformUsage");
  const format = useFormatter();
  const { money } = formatsOf(useLocale(), currency, "UTC");
  if (!plan) return <p className="text-soft">{t("noPlan")}</p>;
  return (
    <p>
      <Badge tone="plain">{plan.name}</Badge>{" "}
      {t(`includes.${plan.over}`, { count: format.number(plan.included), price: money(plan.extra_minor) })}
    </p>
  );
}

function Months({ usage: { months, currency } }: { usage: Usage }) {
  const t = useTranslations("platformUsage");
  const format = useFormatter();
  const { money } = formatsOf(useLocale(), currency, "UTC");
  return (
    <ul className="divide-y border-y">
      {months.map((one) => (
        <li key={one.month} className="flex min-h-14 items-center gap-3 py-2">
          <span className="flex-1">
            <span className="block font-medium">{format.dateTime(new Date(`${one.month}T12:00:00Z`), { month: "long", year: "numeric", timeZone: "UTC" })}</span>
            {one.gifts > 0 && <span className="block text-xs text-soft">{t("gifts", { count: one.gifts })}</span>}
          </span>
          <span className="text-right tabular-nums">
            <span className="block">{t("conversations", { count: one.conversations })}</span>
            {one.extra > 0 && <span className="block text-xs text-amber">{t("extra", { count: one.extra, sum: money(one.extra_minor) })}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function ThisMonth({ usage }: { usage: Usage }) {
  const t = useTranslations("platformUsage");
  const format = useFormatter();
  const tokens = usage.models.reduce((sum, one) => sum + one.input_tokens + one.output_tokens, 0);
  const known = usage.models.every((one) => one.usd_micro !== null);
  const usd = usage.models.reduce((sum, one) => sum + (one.usd_micro ?? 0), 0) / 1_000_000;
  const facts: [string, string][] = [
    [t("received"), format.number(usage.messages_received)],
    [t("sent"), format.number(usage.messages_sent)],
    [t("failed"), format.number(usage.messages_failed)],
    [t("tokens"), format.number(tokens)],
    [t("cost"), known ? format.number(usd, { style: "currency", currency: "USD" }) : t("unknownPrice")],
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 wide:grid-cols-5">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="text-xs text-soft">{name}</dt>
          <dd className="text-lg font-medium tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

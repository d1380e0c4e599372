"use client";

import { useTranslations } from "use-intl";

import { Badge } from "@/components/ui/badge";

import type { Campaign, Stats } from "../queries";

type Comparison = NonNullable<Stats["comparison"]>;

/** Each arm's share with the range in which the true one lies, and what may be said of them. */
export function Arms({ stats, campaign }: { stats: Stats; campaign: Campaign }) {
  const t = useTranslations("campaigns.results");
  const measure = campaign.experiment?.measure ?? "converted";
  const rates = stats.arms.map((arm) => ({ arm: arm.counts.arm, rate: arm.rates[arm.counts.arm === "holdout" ? "bought" : measure] }));
  const top = Math.max(0.001, ...rates.map((one) => one.rate?.high ?? 0));
  return (
    <div className="flex flex-col gap-4 p-4">
      <p className="text-xs text-soft">{t("measured", { what: t(`stages.${measure}`) })}</p>
      <ul className="flex flex-col gap-3">
        {rates.map(({ arm, rate }) => rate && (
          <li key={arm}>
            <div className="flex items-baseline gap-2">
              <span className="min-w-0 flex-1 truncate font-medium">{arm === "holdout" ? t("holdout") : arm === "" ? t("oneArm") : t("arm", { key: arm.toUpperCase() })}</span>
              {stats.comparison?.winner === arm && <Badge tone="good">{t("winner")}</Badge>}
              <span>{percent(rate.share)}</span>
            </div>
            <div aria-hidden className="relative mt-1.5 h-2 rounded-full bg-ink/8">
              <span className="absolute inset-y-0 rounded-full bg-green/40" style={{ left: `${(rate.low / top) * 100}%`, right: `${100 - (rate.high / top) * 100}%` }} />
              <span className="absolute -inset-y-0.5 w-1 -translate-x-1/2 rounded-full bg-green-ink" style={{ left: `${(rate.share / top) * 100}%` }} />
            </div>
            <p className="mt-1 text-xs text-soft">{t("between", { low: percent(rate.low), high: percent(rate.high), count: rate.of })}</p>
          </li>
        ))}
      </ul>
      {stats.comparison && <Verdict of={stats.comparison} />}
      {stats.lift && <Verdict of={stats.lift} lift />}
    </div>
  );
}

function Verdict({ of, lift }: { of: Comparison; lift?: boolean }) {
  const t = useTranslations("campaigns.results");
  return (
    <p className="rounded-xl bg-sunk p-3">
      {lift && <b className="font-semibold">{t("lift")} </b>}
      {t(`verdict.${of.verdict}`, { winner: (of.winner ?? "").toUpperCase(), size: of.planned_size })}
      {of.uneven && <span className="mt-1 block text-amber">{t("uneven")}</span>}
    </p>
  );
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

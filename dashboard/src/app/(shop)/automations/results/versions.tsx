"use client";

import { useTranslations } from "use-intl";

import { Badge } from "@/components/ui/badge";

import type { Comparison, Results } from "./queries";
import { RateBars } from "./rate-bars";

/** The arms that got something, by who bought, and what may be said of them. */
export function Versions({ results, comparison }: { results: Results; comparison: Comparison }) {
  const t = useTranslations("ruleResults");
  const arms = results.arms.filter(({ funnel }) => funnel.arm !== "holdout" && funnel.arm !== "");
  return (
    <div className="flex flex-col gap-4 p-4">
      <RateBars rates={arms.map(({ funnel: { arm }, bought }) => ({
        key: arm, name: t("arm", { key: arm.toUpperCase() }), rate: bought,
        badge: comparison.winner === arm && <Badge tone="good">{t("bestArm")}</Badge>,
      }))} />
      <p className="text-pretty rounded-xl bg-sunk p-3">
        {t(`verdict.${comparison.verdict}`, { size: comparison.planned_size, winner: (comparison.winner ?? "").toUpperCase() })}
        {comparison.uneven && <span className="mt-1 block text-amber">{t("uneven")}</span>}
      </p>
    </div>
  );
}

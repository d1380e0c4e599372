"use client";

import { useFormatter, useTranslations } from "use-intl";

import { api } from "@/api/client";
import { Meter } from "@/components/ui/meter";
import { Notice } from "@/components/ui/notice";
import { WithAllWords } from "@/i18n";
import { useBoutiquePath } from "@/shell/boutique";

export function usePlan() {
  const path = useBoutiquePath();
  return api.useQuery("get", "/boutiques/{boutique_id}/plan", { params: { path } }, { staleTime: 60_000 }).data;
}

/** How much of the plan is used this month; for owners. */
export function PlanUsed() {
  const t = useTranslations("plan");
  const format = useFormatter();
  const plan = usePlan();
  if (!plan) return null;
  const used = format.number(plan.used);
  return (
    <section aria-labelledby="plan" className="border-b px-4 py-3">
      <div className="flex items-baseline justify-between gap-3">
        <h2 id="plan" className="font-medium">{plan.name ? t("title", { name: plan.name }) : t("none")}</h2>
        <span className="text-xs text-soft">
          {plan.included === null ? t("used", { used }) : t("usedOf", { used, included: format.number(plan.included) })}
        </span>
      </div>
      {plan.included !== null && (
        <Meter label={t("meter")} now={plan.used} most={plan.included} tone={plan.is_near ? "waits" : "good"} />
      )}
      <div className="mt-3 empty:hidden"><PlanWarning /></div>
    </section>
  );
}

/** Nothing while there is enough. */
export function PlanWarning() {
  const t = useTranslations("plan");
  const plan = usePlan();
  if (!plan?.is_near || plan.over === null) return null;
  const what = plan.is_over ? "over" : "near";
  return <Notice tone="waits">{t(`${what}.${plan.over}`, { used: plan.used, included: plan.included ?? 0 })}</Notice>;
}

/** On Today: there only while it asks for something. */
export function PlanOnToday() {
  return <WithAllWords waiting={null}><PlanWarning /></WithAllWords>;
}

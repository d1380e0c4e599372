"use client";

import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { Section } from "@/shell/detail";

import { FunnelBars } from "./funnel-bars";
import { Helped } from "./helped";
import { MoneyCard } from "./money-card";
import { type Range, useDays, useResults } from "./queries";
import { StepLines } from "./step-lines";
import { Versions } from "./versions";
import { WhyNot } from "./why-not";

/** All that came of one rule in the last days: money first, then how far, whether it helped, and why not. */
export function ResultsOfRule({ ruleId, range = "month" }: { ruleId: string; range?: Range }) {
  const t = useTranslations();
  const { data, isError, refetch } = useResults(ruleId, useDays(range));
  if (!data) {
    return isError ? (
      <div role="alert" className="flex flex-col items-start gap-3">
        <p>{t("ruleResults.noAnswer")}</p>
        <Button look="outline" size="sm" onClick={() => void refetch()}>{t("common.retry")}</Button>
      </div>
    ) : <div aria-busy className="flex flex-col gap-4"><Skeleton className="h-28 rounded-2xl" /><Skeleton className="h-72 rounded-2xl" /></div>;
  }
  const { summary } = data;
  const began = summary.total.enrolled + summary.held_out > 0;
  return (
    <>
      <MoneyCard money={summary.money} />
      {began
        ? <Section title={t("ruleResults.funnel")}><FunnelBars total={summary.total} heldOut={summary.held_out} /></Section>
        : <p className="text-soft">{t("ruleResults.noneBegan")}</p>}
      {began && <Section title={t("ruleResults.helped")}><Helped summary={summary} /></Section>}
      {data.comparison && <Section title={t("ruleResults.versions")}><Versions results={data} comparison={data.comparison} /></Section>}
      {data.steps.length > 0 && <Section title={t("ruleResults.steps")}><StepLines steps={data.steps} /></Section>}
      {data.reasons.length > 0 && <Section title={t("ruleResults.why")}><WhyNot reasons={data.reasons} /></Section>}
    </>
  );
}

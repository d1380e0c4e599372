"use client";

import { useTranslations } from "use-intl";

import { DetailHead } from "@/shell/detail";
import { useChoice } from "@/shell/url";

import { RANGES, useDays, useSummaries } from "./queries";
import { ResultsOfRule } from "./results-of-rule";

/** One rule's results, opened from the list of all. */
export function RuleResultsDetail({ ruleId, onClose }: { ruleId: string; onClose: () => void }) {
  const t = useTranslations("ruleResults");
  const [range] = useChoice("range", RANGES);
  const name = useSummaries(useDays(range)).data?.items.find((one) => one.rule.id === ruleId)?.rule.name;
  return (
    <>
      <DetailHead title={name ?? t("title")} below={t(`ranges.${range}`)} onClose={onClose} />
      <div tabIndex={0} role="region" aria-label={name ?? t("title")} className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2">
        <div className="mx-auto flex max-w-160 flex-col gap-5 p-4 wide:p-6"><ResultsOfRule ruleId={ruleId} range={range} /></div>
      </div>
    </>
  );
}

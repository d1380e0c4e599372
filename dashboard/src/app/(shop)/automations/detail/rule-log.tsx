"use client";

import { useTranslations } from "use-intl";

import { RowList } from "@/components/rows";
import { Section } from "@/shell/detail";

import { DecisionRow } from "../log/decision-row";
import { useDecisions } from "../queries";

/** What was decided of this rule lately. */
export function RuleLog({ ruleId }: { ruleId: string }) {
  const t = useTranslations("automations.log");
  return (
    <Section title={t("ofRule")}>
      <RowList of={useDecisions({ verdict: "all", ruleId })} label={t("ofRule")} row={(decision) => <DecisionRow decision={decision} />}
        empty={<p className="p-4 text-soft">{t("noneOfRule")}</p>} />
    </Section>
  );
}

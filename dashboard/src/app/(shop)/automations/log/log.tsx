"use client";

import { ArrowLeft, ListChecks, X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { RowList } from "@/components/rows";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Field } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { WithAllWords } from "@/i18n";
import { PageHead, PageWaiting } from "@/shell/page";
import { useChoice, useUrl } from "@/shell/url";

import { useDecisions, useRules, VERDICTS } from "../queries";
import { DecisionRow } from "./decision-row";

export function Log() {
  return <WithAllWords waiting={<PageWaiting />}><Decisions /></WithAllWords>;
}

/** Every decision with its reason: what was sent, what waits, and what was left out and why. */
function Decisions() {
  const t = useTranslations("automations.log");
  const { params, change } = useUrl();
  const [verdict, choose] = useChoice("verdict", VERDICTS);
  const ruleId = params.get("rule") ?? "";
  const customerId = params.get("customer") ?? "";
  const rules = useRules();
  const decisions = useDecisions({ verdict, ruleId, customerId });
  const whose = customerId ? decisions.rows[0]?.customer_name : null;
  return (
    <>
      <PageHead
        above={<Link href="/automations" className="inline-flex items-center gap-1 hover:underline"><ArrowLeft aria-hidden className="size-3.5" /> {t("back")}</Link>}
        title={t("title")}>
        <Segmented label={t("which")} value={verdict} onChange={choose}
          segments={VERDICTS.map((value) => ({ value, label: t(`verdicts.${value}`) }))} />
      </PageHead>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-4 p-4">
          <Field label={t("rule")}>
            {(wired) => (
              <Select {...wired} value={ruleId} onChange={(event) => change({ rule: event.target.value || null }, "replace")}>
                <option value="">{t("everyRule")}</option>
                {rules.rows.map((rule) => <option key={rule.id} value={rule.id}>{rule.definition.name}</option>)}
              </Select>
            )}
          </Field>
          {customerId && (
            <div>
              <Button look="outline" size="sm" onClick={() => change({ customer: null }, "replace")}>
                <X aria-hidden /> {whose ? t("onlyOf", { name: whose }) : t("onlyOne")}
              </Button>
            </div>
          )}
          <div className="overflow-hidden rounded-2xl border bg-surface">
            <RowList of={decisions} label={t("title")}
              row={(decision) => <DecisionRow decision={decision} onCustomer={(id) => change({ customer: id }, "replace")} withRule />}
              empty={<Empty picture={<ListChecks aria-hidden />} text={t("none")} />} />
          </div>
        </div>
      </main>
    </>
  );
}

"use client";

import { Activity, ArrowLeft, X } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";

import { RowList } from "@/components/rows";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Field } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { WithAllWords } from "@/i18n";
import { PageHead, PageWaiting } from "@/shell/page";
import { useChoice, useUrl } from "@/shell/url";

import { EntryRow } from "./entry-row";
import { ONLY, useRuleNames, useTimeline } from "./queries";

export function TimelinePage() {
  return <WithAllWords waiting={<PageWaiting />}><Timeline /></WithAllWords>;
}

/** What happens in the shop, what the rules make of it, and what comes of their messages, as it happens. */
function Timeline() {
  const t = useTranslations("ruleTimeline");
  const { params, change } = useUrl();
  const [only, choose] = useChoice("only", ONLY);
  const ruleId = params.get("rule") ?? "";
  const customerId = params.get("customer") ?? "";
  const entries = useTimeline({ only, ruleId, customerId });
  const rules = useRuleNames();
  const whose = entries.rows.find((one) => one.customer?.id === customerId)?.customer?.name;
  const pills = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a phone the last one stands beyond the edge, also the chosen one after a reload.
    pills.current?.querySelector("[aria-pressed=true]")?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [only]);
  const asked = only !== "all" || ruleId || customerId;
  return (
    <>
      <PageHead
        above={<Link href="/automations" className="inline-flex min-h-6 items-center gap-1 hover:underline"><ArrowLeft aria-hidden className="size-3.5" /> {t("back")}</Link>}
        title={<span className="flex items-center gap-3">{t("title")} <Badge tone="good">{t("live")}</Badge></span>}>
        <div ref={pills} className="-mx-4 overflow-hidden px-4">
          <Segmented label={t("which")} value={only} onChange={choose}
            segments={ONLY.map((value) => ({ value, label: t(`only.${value}`) }))} />
        </div>
      </PageHead>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-4 p-4 pb-8">
          {rules.length > 0 && (
            <Field label={t("rule")}>
              {(wired) => (
                <Select {...wired} value={ruleId} onChange={(event) => change({ rule: event.target.value || null }, "replace")}>
                  <option value="">{t("everyRule")}</option>
                  {rules.map((rule) => <option key={rule.id} value={rule.id}>{rule.name}</option>)}
                </Select>
              )}
            </Field>
          )}
          {customerId && (
            <div>
              <Button look="outline" size="sm" onClick={() => change({ customer: null }, "replace")}>
                <X aria-hidden /> {whose ? t("onlyOf", { name: whose }) : t("onlyOne")}
              </Button>
            </div>
          )}
          <div className="overflow-hidden rounded-2xl border bg-surface">
            <RowList of={entries} label={t("title")}
              row={(entry) => <EntryRow entry={entry} onCustomer={(id) => change({ customer: id }, "replace")} />}
              empty={<Empty picture={<Activity aria-hidden />} text={t(asked ? "noneHere" : "none")} />} />
          </div>
        </div>
      </main>
    </>
  );
}

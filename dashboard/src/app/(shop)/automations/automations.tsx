"use client";

import { Plus, Zap } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { later } from "@/components/later";
import { RowList } from "@/components/rows";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { WithAllWords } from "@/i18n";
import { useBoutique } from "@/shell/boutique";
import { WaitingDetail } from "@/shell/detail";
import { PageHead, PageWaiting, Split } from "@/shell/page";
import { useUrl } from "@/shell/url";

import { Channels } from "./channels";
import { AutomationPlaces } from "./places";
import { useRules } from "./queries";
import { Recipes } from "./recipes";
import { RuleRow } from "./rule-row";

const RuleDetail = later(() => import("./detail/rule-detail").then((part) => part.RuleDetail), <WaitingDetail />);

export function Automations() {
  return <WithAllWords waiting={<PageWaiting />}><Rules /></WithAllWords>;
}

/** What happens becomes a message: the shop's rules, whether they are on, and what they brought. */
function Rules() {
  const t = useTranslations("automations");
  const owner = useBoutique().role === "owner";
  const { params, change } = useUrl();
  const id = params.get("id");
  const rules = useRules();
  return (
    <Split
      list={
        <>
          <PageHead title={t("title")}
            actions={owner && (
              <Button asChild size="sm" className="max-sm:size-11 max-sm:px-0">
                <Link href="/automations/write"><Plus aria-hidden /> <span className="max-sm:sr-only">{t("new")}</span></Link>
              </Button>
            )}>
            <AutomationPlaces />
          </PageHead>
          <main className="min-h-0 flex-1 overflow-y-auto pb-6">
            <Channels />
            <RowList of={rules} label={t("rules")}
              row={(rule) => <RuleRow rule={rule} open={rule.id === id} onOpen={() => change({ id: rule.id })} />}
              empty={<p className="text-balance px-5 pb-1 pt-6 text-soft">{t("none")}</p>} />
            {owner && !rules.loading && !rules.failed && <Recipes made={rules.rows} />}
          </main>
        </>
      }
      detail={id && <RuleDetail key={id} id={id} onClose={() => change({ id: null })} />}
      empty={<Empty picture={<Zap aria-hidden />} text={t("choose")} />}
    />
  );
}

"use client";

import { ArrowLeft, ChartColumn, CloudOff } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { later } from "@/components/later";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { WithAllWords } from "@/i18n";
import { Section, WaitingDetail } from "@/shell/detail";
import { PageHead, PageWaiting, Split } from "@/shell/page";
import { useChoice, useUrl } from "@/shell/url";

import { ShortFunnel } from "./funnel-bars";
import { MoneyCard } from "./money-card";
import { moneyOf, OFFERED, RANGES, sumOf, useDays, useSummaries } from "./queries";
import { RuleLine } from "./rule-line";

const RuleResultsDetail = later(() => import("./rule-detail").then((part) => part.RuleResultsDetail), <WaitingDetail />);

export function ResultsPage() {
  return <WithAllWords waiting={<PageWaiting />}><AllResults /></WithAllWords>;
}

/** What the rules brought, all together and one by one. */
function AllResults() {
  const t = useTranslations("ruleResults");
  const { params, change } = useUrl();
  const [range, choose] = useChoice("range", RANGES);
  const id = params.get("id");
  return (
    <Split
      list={
        <>
          <PageHead
            above={<Link href="/automations" className="inline-flex min-h-6 items-center gap-1 hover:underline"><ArrowLeft aria-hidden className="size-3.5" /> {t("back")}</Link>}
            title={t("title")}>
            <Segmented label={t("days")} value={range} onChange={choose}
              segments={OFFERED.map((value) => ({ value, label: t(`ranges.${value}`) }))} />
          </PageHead>
          <main className="min-h-0 flex-1 overflow-y-auto"><Lines range={range} id={id} onOpen={(open) => change({ id: open })} /></main>
        </>
      }
      detail={id && <RuleResultsDetail key={id} ruleId={id} onClose={() => change({ id: null })} />}
      empty={<Empty picture={<ChartColumn aria-hidden />} text={t("choose")} />}
    />
  );
}

function Lines({ range, id, onOpen }: { range: (typeof RANGES)[number]; id: string | null; onOpen: (id: string) => void }) {
  const t = useTranslations();
  const { data, isError, refetch } = useSummaries(useDays(range));
  if (!data && isError) {
    return (
      <Empty picture={<CloudOff aria-hidden />} text={t("ruleResults.noAnswer")}
        action={<Button look="outline" onClick={() => void refetch()}>{t("common.retry")}</Button>} />
    );
  }
  if (!data) return <div aria-busy><div className="p-4"><Skeleton className="h-40 rounded-2xl" /></div><SkeletonRows /></div>;
  if (data.items.length === 0) return <Empty picture={<ChartColumn aria-hidden />} text={t("ruleResults.none")} />;
  const best = [...data.items].sort((a, b) => b.total.sent - a.total.sent);
  return (
    <>
      <div className="flex flex-col gap-4 p-4">
        <MoneyCard money={moneyOf(data.items.flatMap((one) => one.money))} />
        <Section title={t("ruleResults.funnel")}><ShortFunnel total={sumOf(data.items.map((one) => one.total))} /></Section>
      </div>
      <h2 className="px-5 pb-1 text-xs font-medium text-soft">{t("ruleResults.rules")}</h2>
      <ul className="divide-y border-t">
        {best.map((one) => <li key={one.rule.id}><RuleLine of={one} open={one.rule.id === id} onOpen={() => onOpen(one.rule.id)} /></li>)}
      </ul>
    </>
  );
}

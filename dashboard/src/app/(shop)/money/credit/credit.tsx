"use client";

import { ArrowLeft, HandCoins } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { later } from "@/components/later";
import { RowList } from "@/components/rows";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Row } from "@/components/ui/row";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { WithAllWords } from "@/i18n";
import { WaitingDetail } from "@/shell/detail";
import { useFormats } from "@/shell/formats";
import { PageHead, PageWaiting, Split } from "@/shell/page";
import { useChoice, useUrl } from "@/shell/url";

import { type Debtor, FILTERS, useDebtors, useDebtSums } from "./queries";

const DebtorDetail = later(() => import("./debtor-detail").then((part) => part.DebtorDetail), <WaitingDetail />);

export function Credit() {
  return <WithAllWords waiting={<PageWaiting />}><Debtors /></WithAllWords>;
}

/** Who took pieces and pays later: how much, for how long. */
function Debtors() {
  const t = useTranslations();
  const { params, change } = useUrl();
  const [filter, choose] = useChoice("age", FILTERS);
  const id = params.get("id");
  const empty = <Empty picture={<HandCoins aria-hidden />} text={t(filter === "all" ? "credit.none" : "credit.noneOfAge")} />;
  return (
    <Split
      list={
        <>
          <PageHead title={<span className="flex items-center gap-1"><Button asChild look="quiet" size="icon" className="-ml-2"><Link href="/money" aria-label={t("money.title")}><ArrowLeft aria-hidden /></Link></Button> {t("credit.title")}</span>} />
          <main className="min-h-0 flex-1 overflow-y-auto">
            <Owed />
            <div className="overflow-hidden border-b px-4 py-2">
              <Segmented label={t("credit.age")} value={filter} onChange={choose} segments={FILTERS.map((value) => ({ value, label: t(`credit.filters.${value}`) }))} />
            </div>
            <RowList of={useDebtors(filter)} label={t("credit.title")} empty={empty}
              row={(debtor) => <DebtorRow debtor={debtor} open={debtor.id === id} onOpen={() => change({ id: debtor.id })} />} />
          </main>
        </>
      }
      detail={id && <DebtorDetail key={id} id={id} onClose={() => change({ id: null })} />}
      empty={<Empty picture={<HandCoins aria-hidden />} text={t("credit.choose")} />}
    />
  );
}

/** The one large number, and how old it is. */
function Owed() {
  const t = useTranslations("credit");
  const { money } = useFormats();
  const sums = useDebtSums();
  if (!sums) return <div className="p-4"><Skeleton className="h-20 rounded-xl" /></div>;
  const whole = sums.reduce((sum, one) => sum + one.owed_minor, 0);
  return (
    <section aria-label={t("owed")} className="px-4 pb-3 pt-4">
      <p className="text-2xl font-semibold tabular-nums tracking-tight">{money(whole)}</p>
      <p className="text-xs text-soft">{t("sales", { count: sums.reduce((sum, one) => sum + one.sales, 0) })}</p>
      {whole > 0 && (
        <dl className="mt-3 grid grid-cols-3 gap-2">
          {(["week", "month", "older"] as const).map((age) => (
            <div key={age} className="rounded-xl bg-sunk px-3 py-2">
              <dt className="text-xs text-soft">{t(`filters.${age}`)}</dt>
              <dd className="truncate font-medium tabular-nums">{money(sums.find((one) => one.age === age)?.owed_minor ?? 0)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function DebtorRow(props: { debtor: Debtor; open: boolean; onOpen: () => void }) {
  const t = useTranslations("credit");
  const { money } = useFormats();
  const { debtor } = props;
  return (
    <Row open={props.open} onOpen={props.onOpen}
      before={<Avatar name={debtor.name} />}
      title={debtor.name}
      aside={<span className="shrink-0 font-medium tabular-nums">{money(debtor.owed_minor)}</span>}
      below={t("since", { days: debtor.days, sales: debtor.sales })}
      belowAside={debtor.days > 30 ? <Badge tone="risk">{t("overdue")}</Badge> : debtor.days > 7 ? <Badge tone="waits">{t("filters.month")}</Badge> : null} />
  );
}

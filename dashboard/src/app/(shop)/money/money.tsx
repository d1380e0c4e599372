"use client";

import { FileUp, Wallet } from "lucide-react";
import Link from "next/link";
import { useDeferredValue } from "react";
import { useTranslations } from "use-intl";

import { later } from "@/components/later";
import { RowList } from "@/components/rows";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { SearchField } from "@/components/ui/search-field";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { WithAllWords } from "@/i18n";
import { useBoutique } from "@/shell/boutique";
import { WaitingDetail } from "@/shell/detail";
import { useFormats } from "@/shell/formats";
import { PageHead, PageWaiting, Split } from "@/shell/page";
import { useChoice, useUrl } from "@/shell/url";
import { Views } from "@/views/views";

import { PaymentRow } from "./payment-row";
import { MoneyPlaces } from "./places";
import { DAYS, FILTERS, useAsked, usePayments, useSums } from "./queries";

const PaymentDetail = later(() => import("./payment-detail").then((part) => part.PaymentDetail), <WaitingDetail />);

export function Money() {
  return <WithAllWords waiting={<PageWaiting />}><Payments /></WithAllWords>;
}

/** All money that came, and whether it is known what it is for. */
function Payments() {
  const t = useTranslations("money");
  const owner = useBoutique().role === "owner";
  const { params, change } = useUrl();
  const [filter, choose] = useChoice("filter", FILTERS);
  const [days, chooseDays] = useChoice("days", DAYS);
  const search = params.get("search") ?? "";
  const asked = useAsked(filter, days, useDeferredValue(search));
  const sums = useSums(asked);
  const id = params.get("id");
  const counts = Object.fromEntries((sums ?? []).map((one) => [one.state, one.payments]));
  return (
    <Split
      list={
        <>
          <PageHead title={t("title")}>
            <div className="flex flex-col gap-2">
              <SearchField label={t("search")} clear={t("searchClear")} value={search} onChange={(typed) => change({ search: typed }, "replace")} />
              <Segmented label={t("which")} value={filter} onChange={choose}
                segments={FILTERS.filter((one) => one === "all" || one === filter || counts[one]).map((value) => ({ value, label: t(`filters.${value}`), count: counts[value] }))} />
              <Views screen="payments" />
            </div>
          </PageHead>
          <main className="min-h-0 flex-1 overflow-y-auto">
            <Sum of={sums} filter={filter} />
            <MoneyPlaces />
            <div className="overflow-hidden border-b px-4 py-2">
              <Segmented label={t("days.label")} value={days} onChange={chooseDays} segments={DAYS.map((value) => ({ value, label: t(`days.${value}`) }))} />
            </div>
            <RowList of={usePayments(asked)} label={t("title")}
              row={(payment) => <PaymentRow payment={payment} open={payment.id === id} onOpen={() => change({ id: payment.id })} />}
              empty={<Empty picture={<Wallet aria-hidden />} text={t(filter === "all" && !search ? "noneAll" : "none")}
                action={owner && filter === "all" && !search && <Button asChild><Link href="/money/statement"><FileUp aria-hidden /> {t("import")}</Link></Button>} />} />
          </main>
        </>
      }
      detail={id && <PaymentDetail key={id} id={id} onClose={() => change({ id: null })} />}
      empty={<Empty picture={<Wallet aria-hidden />} text={t("choose")} />}
    />
  );
}

/** The one large number: what came, without what failed, was taken back or is still asked for. */
function Sum(props: { of: ReturnType<typeof useSums>; filter: (typeof FILTERS)[number] }) {
  const t = useTranslations("money");
  const { money } = useFormats();
  if (!props.of) return <div className="p-4"><Skeleton className="h-14 w-2/3 rounded-xl" /></div>;
  const counted = props.of.filter(({ state }) => (props.filter === "all" ? ["matched", "unclaimed", "under_review"].includes(state) : state === props.filter));
  return (
    <p className="px-4 pb-2 pt-4">
      <span className="block text-2xl font-semibold tabular-nums tracking-tight">{money(counted.reduce((sum, one) => sum + one.sum_minor, 0))}</span>
      <span className="text-xs text-soft">{t("sum", { count: counted.reduce((sum, one) => sum + one.payments, 0) })}</span>
    </p>
  );
}

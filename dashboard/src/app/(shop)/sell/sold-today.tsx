"use client";

import { ArrowLeft, Plus, ReceiptText } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { RowList } from "@/components/rows";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Row } from "@/components/ui/row";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormats } from "@/shell/formats";

import { type CounterSale, useSalesOfToday, useTotals } from "./queries";
import { SaleSheet } from "./sale-sheet";

/** What was sold in the shop today, and what should be in the till. */
export function SoldToday() {
  const t = useTranslations();
  const sales = useSalesOfToday();
  const [open, setOpen] = useState<string | null>(null);
  const shown = sales.rows.find((sale) => sale.id === open);
  return (
    <div className="fixed inset-0 z-30 flex min-h-0 flex-1 flex-col bg-paper wide:static">
      <header className="flex min-h-16 shrink-0 items-center gap-1 border-b bg-surface px-2 pt-[env(safe-area-inset-top)] wide:px-5">
        <Button asChild look="quiet" size="icon"><Link href="/sell" aria-label={t("common.back")}><ArrowLeft aria-hidden /></Link></Button>
        <h1 className="min-w-0 flex-1 truncate text-lg font-semibold">{t("sell.today")}</h1>
      </header>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-4 p-4 wide:p-6">
          <Totals />
          <div className="overflow-hidden rounded-2xl border bg-surface">
            <RowList of={sales} label={t("sell.today")}
              row={(sale) => <SaleRow sale={sale} onOpen={() => setOpen(sale.id)} />}
              empty={
                <Empty picture={<ReceiptText aria-hidden />} text={t("sell.noneToday")}
                  action={<Button asChild><Link href="/sell"><Plus aria-hidden /> {t("sell.title")}</Link></Button>} />
              } />
          </div>
        </div>
      </main>
      {shown && <SaleSheet sale={shown} onClose={() => setOpen(null)} />}
    </div>
  );
}

function Totals() {
  const t = useTranslations("sell");
  const { money } = useFormats();
  const { data } = useTotals();
  if (!data) return <Skeleton className="h-32 rounded-3xl" />;
  return (
    <section aria-label={t("total")} className="rounded-3xl bg-[#00614f] p-5 text-white">
      <p className="text-2xl font-semibold tracking-tight">{money(data.items.reduce((sum, one) => sum + one.total_minor, 0))}</p>
      <dl className="mt-3 flex flex-wrap gap-x-6 gap-y-2">
        {data.items.map((one) => (
          <div key={one.paid_by}>
            <dt className="text-xs opacity-85">{t(`by.${one.paid_by}`)} · {one.sales}</dt>
            <dd className="font-medium">{money(one.total_minor)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function SaleRow({ sale, onOpen }: { sale: CounterSale; onOpen: () => void }) {
  const t = useTranslations("sell");
  const { money, time } = useFormats();
  const [first] = sale.items;
  const pieces = sale.items.reduce((sum, item) => sum + item.quantity, 0);
  return (
    <Row
      onOpen={onOpen}
      title={<span className={sale.undone_at ? "text-soft line-through" : undefined}>{first?.name}{pieces > 1 && ` ${t("andMore", { count: pieces - 1 })}`}</span>}
      aside={<span className={sale.undone_at ? "text-soft line-through" : "font-medium"}>{money(sale.total_minor)}</span>}
      below={<>{time(sale.created_at)} · {t(`by.${sale.paid_by}`)}{sale.buyer_name && ` · ${sale.buyer_name}`}</>}
      belowAside={sale.undone_at ? <Badge>{t("undone")}</Badge> : sale.paid_by === "credit" ? <Badge tone="waits">{t("owed")}</Badge> : null}
    />
  );
}

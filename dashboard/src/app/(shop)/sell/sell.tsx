"use client";

import { ArrowLeft, ChevronRight, ReceiptText } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { useFormats } from "@/shell/formats";

import { type Line, totalOf, withOneMore } from "./basket";
import { Counter } from "./counter";
import { Pick } from "./pick";
import { type CounterSale, useTotals, useUndo } from "./queries";

/** A piece and its size, the price, how it was paid: three taps, and it has left the stock. */
export function Sell() {
  const t = useTranslations();
  const router = useRouter();
  const { digits, money } = useFormats();
  const { undo } = useUndo();
  const [lines, setLines] = useState<Line[]>([]);
  const [paying, setPaying] = useState(false); // on a phone: the counter lies over the pieces

  function sold(sale: CounterSale) {
    setLines([]);
    setPaying(false);
    toast.success(t("sell.isSold", { sum: money(sale.total_minor) }), {
      duration: 8_000,
      action: { label: t("common.undo"), onClick: () => undo(sale.id) },
    });
  }

  const total = totalOf(lines, digits);
  const count = lines.reduce((sum, line) => sum + line.quantity, 0);
  return (
    <div className="fixed inset-0 z-30 flex min-h-0 flex-1 flex-col bg-paper wide:static">
      <header className="flex min-h-16 shrink-0 items-center gap-1 border-b bg-surface px-2 pt-[env(safe-area-inset-top)] wide:px-5">
        <Button look="quiet" size="icon" aria-label={t("common.back")}
          onClick={() => (paying ? setPaying(false) : router.back())}>
          <ArrowLeft aria-hidden />
        </Button>
        <h1 className="min-w-0 flex-1 truncate text-lg font-semibold">{t("sell.title")}</h1>
        <TodayLink />
      </header>
      <main className="flex min-h-0 flex-1">
        <div className={cn("flex min-h-0 min-w-0 flex-1 flex-col", paying && "max-wide:hidden")}>
          <Pick onPick={(piece, variant) => {
            setLines((now) => withOneMore(now, piece, variant, digits));
            setPaying(true);
          }} />
          {count > 0 && (
            <div className="border-t bg-surface px-4 pb-[max(0.75rem,env(safe-area-inset-bottom))] pt-3 wide:hidden">
              <Button className="w-full justify-between" onClick={() => setPaying(true)}>
                <span>{t("sell.onCounter", { count })}</span>
                <span>{total === null ? "" : money(total)}</span>
              </Button>
            </div>
          )}
        </div>
        <aside className={cn("min-h-0 flex-1 flex-col bg-surface wide:flex wide:max-w-100 wide:border-l", paying ? "flex" : "hidden")}>
          {lines.length > 0
            ? <Counter lines={lines} onChange={(next) => { setLines(next); if (next.length === 0) setPaying(false); }} onMore={() => setPaying(false)} onSold={sold} />
            : <p className="m-auto max-w-60 text-balance text-center text-soft">{t("sell.choose")}</p>}
        </aside>
      </main>
    </div>
  );
}

/** What was sold in the shop today, a tap away. */
function TodayLink() {
  const t = useTranslations("sell");
  const { money } = useFormats();
  const { data } = useTotals();
  const sum = data?.items.reduce((total, one) => total + one.total_minor, 0) ?? 0;
  return (
    <Link href="/sell/today" className="mr-1 flex h-12 items-center gap-1.5 rounded-xl px-3 font-medium text-green-ink hover:bg-ink/4">
      <ReceiptText aria-hidden className="size-5" />
      <span className="sr-only">{t("today")}: </span>
      {money(sum)}
      <ChevronRight aria-hidden className="-mr-1 size-4" />
    </Link>
  );
}

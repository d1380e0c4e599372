"use client";

import { Banknote, HandCoins, Plus, Smartphone } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useFormats } from "@/shell/formats";

import { itemsOf, type Line, totalOf, withPrice, withQuantity } from "./basket";
import { CounterLine } from "./counter-line";
import { Credit } from "./credit";
import { type CounterSale, type NewSale, type PaidBy, useSell } from "./queries";

const PICTURES = { cash: Banknote, mpesa: Smartphone, credit: HandCoins };

/** What lies on the counter, for how much, and the tap that says how it was paid. */
export function Counter(props: {
  lines: Line[];
  onChange: (lines: Line[]) => void;
  onMore: () => void;
  onSold: (sale: CounterSale) => void;
}) {
  const t = useTranslations("sell");
  const { digits, money } = useFormats();
  const { sell, busy, problem, forget } = useSell();
  const [onCredit, setOnCredit] = useState(false);
  const { lines } = props;
  const total = totalOf(lines, digits);
  const change = (next: Line[]) => { forget(); props.onChange(next); };
  const finish = (paid: Omit<NewSale, "items">) => sell({ items: itemsOf(lines, digits), ...paid }, props.onSold);
  const way = (paidBy: PaidBy, look: "main" | "outline", onClick: () => void) => {
    const Icon = PICTURES[paidBy];
    return (
      <Button look={look} disabled={total === null || busy} onClick={onClick} className="h-17 flex-1 flex-col gap-1 px-1">
        <Icon aria-hidden /> {t(`by.${paidBy}`)}
      </Button>
    );
  };

  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <ul className="divide-y border-b">
          {lines.map((line) => (
            <CounterLine key={line.variantId} line={line} alone={lines.length === 1}
              gone={goneOf(problem, line.variantId)}
              onPrice={(price) => change(withPrice(lines, line.variantId, price))}
              onQuantity={(by) => change(withQuantity(lines, line.variantId, (now) => now + by))} />
          ))}
        </ul>
        <div className="flex justify-center p-3 wide:hidden">
          <Button look="link" onClick={props.onMore}><Plus aria-hidden /> {t("another")}</Button>
        </div>
        {problem && <div className="p-4"><Notice tone="risk">{said()}</Notice></div>}
      </div>
      <footer className="shrink-0 border-t px-4 pb-[max(1rem,env(safe-area-inset-bottom))] pt-4">
        <p className="mb-3 flex items-baseline justify-between">
          <span className="text-soft">{t("total")}</span>
          <span className="text-2xl font-semibold tracking-tight">{total === null ? "–" : money(total)}</span>
        </p>
        <div role="group" aria-label={t("paidBy")} aria-busy={busy || undefined} className="flex gap-2">
          {way("cash", "main", () => finish({ paid_by: "cash" }))}
          {way("mpesa", "main", () => finish({ paid_by: "mpesa" }))}
          {way("credit", "outline", () => setOnCredit(true))}
        </div>
      </footer>
      {onCredit && (
        <Credit sum={money(total ?? 0)} busy={busy} problem={problem} onClose={() => setOnCredit(false)}
          onSell={(buyer) => finish({ paid_by: "credit", ...buyer })} />
      )}
    </>
  );

  function said(): string {
    if (isProblem(problem) && problem.code === "out_of_stock") {
      const gone = lines.find((line) => goneOf(problem, line.variantId));
      return t("isGone", { name: gone?.name ?? "" });
    }
    return isProblem(problem) ? problem.detail : t("noAnswer");
  }
}

/** Whether somebody else was faster with this one. */
function goneOf(problem: unknown, variantId: string): boolean {
  return isProblem(problem) && problem.code === "out_of_stock" && problem.errors?.[0]?.value === variantId;
}

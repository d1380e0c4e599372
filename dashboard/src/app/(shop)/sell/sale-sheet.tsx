"use client";

import { Undo2 } from "lucide-react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";
import { useWords } from "@/components/words";
import { ReceiptButtons } from "@/receipts/receipt-buttons";
import { useBoutiquePath } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

import { EtimsNumber } from "../money/tax/etims-number";
import { type CounterSale, useUndo } from "./queries";

/** One sale of the shop: its pieces, and the way back while it is of today. */
export function SaleSheet({ sale, onClose }: { sale: CounterSale; onClose: () => void }) {
  const t = useTranslations();
  const { colour } = useWords();
  const { money, full } = useFormats();
  const { undo, busy } = useUndo();
  const { boutique_id } = useBoutiquePath();
  const mayUndo = sale.is_of_today && !sale.undone_at;
  return (
    <Sheet open onOpenChange={onClose} title={sale.number} close={t("common.close")}>
      <p className="-mt-1 mb-4 text-soft">
        {full(sale.created_at)} · {t(`sell.by.${sale.paid_by}`)}
        {sale.buyer_name && ` · ${sale.buyer_name}`}{sale.buyer_phone && ` · ${sale.buyer_phone}`}
      </p>
      <ul className="divide-y border-y">
        {sale.items.map((item) => (
          <li key={item.sku} className="flex gap-3 py-3">
            <span className="grid h-6 min-w-6 place-items-center rounded-md bg-sunk px-1 text-xs font-semibold">{item.quantity}</span>
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{item.name}</span>
              <span className="block text-xs text-soft">{colour(item.colour)} · {item.size}</span>
            </span>
            <span className="font-medium">{money(item.unit_price_minor * item.quantity)}</span>
          </li>
        ))}
      </ul>
      <p className="flex items-baseline justify-between py-4">
        <span className="font-semibold">{t("sell.total")}</span>
        <span className="text-xl font-semibold tracking-tight">{money(sale.total_minor)}</span>
      </p>
      {sale.undone_at && <p className="text-soft">{t("sell.undoneAt", { when: full(sale.undone_at) })}</p>}
      {!sale.undone_at && (
        <div className="flex flex-wrap gap-2 pb-3 *:flex-1">
          <ReceiptButtons of={{ boutiqueId: boutique_id, saleId: sale.id, number: sale.number }} />
          <EtimsNumber id={sale.id} />
        </div>
      )}
      {mayUndo && (
        <Button look="danger" busy={busy} onClick={() => { undo(sale.id); onClose(); }} className="w-full">
          <Undo2 aria-hidden /> {t("sell.undo")}
        </Button>
      )}
    </Sheet>
  );
}

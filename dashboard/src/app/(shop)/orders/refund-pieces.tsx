"use client";

import { useTranslations } from "use-intl";

import { Notice } from "@/components/ui/notice";
import { Stepper } from "@/components/ui/stepper";

import { OrderPiece } from "./order-piece";
import type { OrderData } from "./queries";
import type { Chosen } from "./refunding";

/** Which pieces the money is for, and whether each goes back on the shelf. */
export function RefundPieces(props: {
  order: OrderData;
  chosen: Chosen;
  restocked: Chosen;
  error?: string;
  onChoose: (chosen: Chosen) => void;
  onRestock: (restocked: Chosen) => void;
}) {
  const t = useTranslations("orders");
  const { order, chosen, restocked } = props;
  const left = order.items.filter((item) => item.refunded < item.quantity);
  if (left.length === 0) return null;
  return (
    <fieldset className="rounded-2xl border">
      <legend className="ml-3 px-1 text-xs font-medium text-soft">{t("refund.pieces")}</legend>
      {props.error && <div className="px-3"><Notice tone="risk">{props.error}</Notice></div>}
      <ul className="divide-y px-4">
        {left.map((item) => {
          const count = chosen[item.id] ?? 0;
          return (
            <li key={item.id} className="py-3">
              <OrderPiece item={item} aside={
                <Stepper label={item.name} value={count} most={item.quantity - item.refunded}
                  fewer={t("fewerOf", { name: item.name })} more={t("moreOf", { name: item.name })}
                  onChange={(quantity) => {
                    props.onChoose({ ...chosen, [item.id]: quantity });
                    props.onRestock({ ...restocked, [item.id]: quantity });
                  }} />
              } />
              {count > 0 && item.variant_id && (
                <label className="mt-2 flex min-h-11 items-center gap-3">
                  <input type="checkbox" className="size-5 accent-green" checked={(restocked[item.id] ?? 0) > 0}
                    onChange={(event) => props.onRestock({ ...restocked, [item.id]: event.target.checked ? count : 0 })} />
                  {t("refund.restock", { count })}
                </label>
              )}
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}

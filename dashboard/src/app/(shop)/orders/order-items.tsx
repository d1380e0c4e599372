"use client";

import { useTranslations } from "use-intl";

import { Section } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import { type OrderItemData, OrderPiece } from "./order-piece";
import type { OrderData } from "./queries";

export function OrderItems({ order }: { order: OrderData }) {
  const t = useTranslations("orders");
  const { money } = useFormats();
  return (
    <Section title={t("items")}>
      <ul className="divide-y">
        {order.items.map((item) => (
          <li key={item.id} className="p-4">
            <OrderPiece item={item} below={<Progress item={item} parts={order.dispatches.length > 0} />}
              aside={
                <span className="text-right">
                  <span className="block font-medium">{money(item.unit_price_minor * item.quantity)}</span>
                  {item.quantity > 1 && <span className="block text-xs text-soft">{item.quantity} × {money(item.unit_price_minor)}</span>}
                </span>
              } />
          </li>
        ))}
      </ul>
      <dl className="border-t px-4 py-3">
        <Line name={t("sum")} value={money(order.items_minor)} />
        <Line name={t("fee")} value={order.fee_to_confirm ? t("feeToConfirm") : money(order.delivery_minor)} />
        <div className="mt-2 flex items-baseline justify-between border-t pt-3">
          <dt className="font-semibold">{t("total")}</dt>
          <dd className="text-xl font-semibold tracking-tight">{money(order.total_minor)}</dd>
        </div>
        {order.refunded_minor > 0 && (
          <div className="mt-1 flex justify-between text-red">
            <dt>{t("refunded")}</dt>
            <dd className="font-medium">−{money(order.refunded_minor)}</dd>
          </div>
        )}
      </dl>
    </Section>
  );
}

/** How far a piece has got; nothing where the whole order goes in one. */
function Progress({ item, parts }: { item: OrderItemData; parts: boolean }) {
  const t = useTranslations("orders");
  const told = [
    parts && item.sent > 0 && t("sentOf", { sent: item.sent, of: item.quantity }),
    parts && item.left > 0 && t("leftToSend", { count: item.left }),
    item.refunded > 0 && t("refundedOf", { count: item.refunded }),
    item.restocked > 0 && t("restockedOf", { count: item.restocked }),
  ].filter(Boolean);
  return told.length === 0 ? null : <p className="mt-1 pl-15 text-xs font-medium text-green-ink">{told.join(" · ")}</p>;
}

function Line(props: { name: string; value: string }) {
  return (
    <div className="flex justify-between py-0.5 text-soft">
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </div>
  );
}

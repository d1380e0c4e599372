"use client";

import { useTranslations } from "use-intl";

import { useWords } from "@/components/words";
import { Section } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import type { OrderData } from "./queries";

export function OrderItems({ order }: { order: OrderData }) {
  const t = useTranslations("orders");
  const { colour } = useWords();
  const { money } = useFormats();
  return (
    <Section title={t("items")}>
      <ul className="divide-y">
        {order.items.map((item) => (
          <li key={`${item.sku}${item.unit_price_minor}`} className="flex gap-3 p-4">
            <span className="grid h-6 min-w-6 place-items-center rounded-md bg-sunk px-1 text-xs font-semibold">
              {item.quantity}
            </span>
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{item.name}</span>
              <span className="block text-xs text-soft">
                {colour(item.colour)} · {item.size}
              </span>
            </span>
            <span className="font-medium">{money(item.unit_price_minor * item.quantity)}</span>
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
      </dl>
    </Section>
  );
}

function Line(props: { name: string; value: string }) {
  return (
    <div className="flex justify-between py-0.5 text-soft">
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </div>
  );
}

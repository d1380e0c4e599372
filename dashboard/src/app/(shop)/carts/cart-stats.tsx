"use client";

import { useFormatter, useTranslations } from "use-intl";

import { Skeleton } from "@/components/ui/skeleton";
import { useFormats } from "@/shell/formats";

import { type Hours, useCartStats } from "./queries";

/** What the carts of the last thirty days came to. */
export function CartStats({ hours }: { hours: Hours }) {
  const t = useTranslations("carts");
  const format = useFormatter();
  const { money } = useFormats();
  const { data } = useCartStats(hours);
  if (!data) return <Skeleton className="h-40 rounded-2xl" />;
  return (
    <section aria-labelledby="cart-figures" className="rounded-2xl border bg-surface">
      <h2 id="cart-figures" className="px-4 pt-4 text-xs font-medium text-soft">{t("days", { count: data.days })}</h2>
      <dl className="grid grid-cols-2 wide:grid-cols-4">
        <Figure name={t("begun")} value={format.number(data.begun)} told={t("open", { count: data.open })} />
        <Figure name={t("paid")} value={format.number(data.paid)} told={money(data.paid_minor)} />
        <Figure name={t("conversion")} value={format.number(data.conversion, { style: "percent", maximumFractionDigits: 0 })} told={t("leftSo", { count: data.left })} />
        <Figure name={t("recovered")} value={format.number(data.recovered)} told={t("ofReminded", { count: data.reminded })} />
      </dl>
    </section>
  );
}

function Figure({ name, value, told }: { name: string; value: string; told: string }) {
  return (
    <div className="p-4">
      <dt className="text-xs font-medium text-soft">{name}</dt>
      <dd className="mt-0.5">
        <span className="block text-lg font-semibold tabular-nums">{value}</span>
        <span className="block text-xs text-soft">{told}</span>
      </dd>
    </div>
  );
}

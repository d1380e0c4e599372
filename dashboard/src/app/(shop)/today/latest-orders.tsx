"use client";

import { Package } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";

import { Empty } from "@/components/ui/empty";
import { SkeletonRows } from "@/components/ui/skeleton";

import { OrderRow } from "../orders/order-row";
import { useOrders } from "../orders/queries";

const SHOWN = 7;

export function LatestOrders() {
  const t = useTranslations("orders");
  const router = useRouter();
  const { rows, loading } = useOrders("all");
  return (
    <div className="divide-y overflow-hidden rounded-2xl border bg-surface">
      {loading && <SkeletonRows count={5} />}
      {!loading && rows.length === 0 && <Empty picture={<Package aria-hidden />} text={t("noneAll")} />}
      {rows.slice(0, SHOWN).map((order) => (
        <OrderRow key={order.id} order={order} onOpen={() => router.push(`/orders?filter=all&id=${order.id}`)} />
      ))}
    </div>
  );
}

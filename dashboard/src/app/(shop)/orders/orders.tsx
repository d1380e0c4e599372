"use client";

import { Package, ShoppingBasket } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { later } from "@/components/later";
import { RowList } from "@/components/rows";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Segmented } from "@/components/ui/segmented";
import { WaitingDetail } from "@/shell/detail";
import { PageHead, Split } from "@/shell/page";
import { useChoice, useUrl } from "@/shell/url";
import { useToday } from "@/shell/waiting";
import { Views } from "@/views/views";

import { OrderRow } from "./order-row";
import { FILTERS, type OrderFilter, useOrders } from "./queries";

const OrderDetail = later(() => import("./order-detail").then((part) => part.OrderDetail), <WaitingDetail />);

export function Orders() {
  const t = useTranslations("orders");
  const { params, change } = useUrl();
  const [filter, choose] = useChoice("filter", FILTERS);
  const id = params.get("id");
  const today = useToday().data;
  const orders = useOrders(filter);
  const counts: Partial<Record<OrderFilter, number>> = { to_send: today?.to_send, review: today?.to_review };

  return (
    <Split
      list={
        <>
          <PageHead title={t("title")} actions={
            <Button asChild look="quiet" size="icon"><Link href="/carts" aria-label={t("carts")}><ShoppingBasket aria-hidden /></Link></Button>
          }>
            <Segmented label={t("filter")} value={filter} onChange={choose}
              segments={FILTERS.map((value) => ({ value, label: t(`filters.${value}`), count: counts[value] }))} />
            <Views screen="orders" />
          </PageHead>
          <main className="min-h-0 flex-1 overflow-y-auto">
            <RowList
              of={orders}
              label={t("title")}
              row={(order) => (
                <OrderRow order={order} open={order.id === id} onOpen={() => change({ id: order.id })} />
              )}
              empty={<Empty picture={<Package aria-hidden />} text={t(filter === "to_send" ? "noneToSend" : filter === "all" ? "noneAll" : "none")} />}
            />
          </main>
        </>
      }
      detail={id && <OrderDetail key={id} id={id} onClose={() => change({ id: null })} />}
      empty={<Empty picture={<Package aria-hidden />} text={t("choose")} />}
    />
  );
}

"use client";

import { useTranslations } from "use-intl";

import { Badge } from "@/components/ui/badge";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { DetailHead } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import { OrderActions } from "./order-actions";
import { Delivery } from "./order-delivery";
import { OrderItems } from "./order-items";
import { OrderMore } from "./order-more";
import { Payments } from "./order-payments";
import { OrderReceipt } from "./order-receipt";
import { OrderRequest } from "./order-request";
import { orderState, toneOf } from "./order-state";
import { Timeline } from "./order-timeline";
import { type OrderData, useOrder } from "./queries";

export function OrderDetail(props: { id: string; onClose: () => void }) {
  const t = useTranslations("orders");
  const { data: order, error } = useOrder(props.id);
  const { full } = useFormats();
  if (!order) {
    return (
      <>
        <DetailHead title={t("order")} onClose={props.onClose} />
        <div className="space-y-4 p-5">
          {error ? <p role="alert">{t("gone")}</p> : [0, 1, 2].map((n) => <Skeleton key={n} className="h-28 rounded-2xl" />)}
        </div>
      </>
    );
  }
  const state = orderState(order);
  return (
    <>
      <DetailHead
        title={order.number}
        below={full(order.created_at)}
        actions={
          <>
            {order.details.includes("partly_refunded") && <Badge className="max-wide:hidden">{t("partlyRefunded")}</Badge>}
            <Badge tone={toneOf(state)}>{t(`state.${state}`)}</Badge>
            <OrderMore order={order} />
          </>
        }
        onClose={props.onClose}
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-5 p-4 wide:p-6">
          {state === "review" && (
            <Notice tone="risk">{t(`review.${order.review_reason ?? "unknown_result"}`)}</Notice>
          )}
          <NotTold order={order} />
          {order.open_requests.map((request) => <OrderRequest key={request.id} order={order} request={request} />)}
          <OrderItems order={order} />
          <Delivery order={order} />
          <Payments order={order} />
          <OrderReceipt order={order} />
          <Timeline order={order} />
        </div>
      </div>
      <OrderActions order={order} />
    </>
  );
}

/** The last news of this order that did not reach the customer, until a later message did. */
function NotTold({ order }: { order: OrderData }) {
  const t = useTranslations("orders");
  const last = order.timeline.findLast(({ what }) => what === "customer_not_told" || what === "message");
  const failed = last?.what === "message" && last.details.status === "failed" && last.actor !== "customer";
  if (!last || (last.what === "message" && !failed)) return null;
  return (
    <Notice tone="risk">
      {failed ? t("happened.messageFailed") : t(`notTold.${String(last.details.reason)}` as never)}{" "}
      {order.customer_phone && <a className="font-medium underline" href={`tel:${order.customer_phone}`}>{t("call")}</a>}
    </Notice>
  );
}

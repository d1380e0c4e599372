"use client";

import { MapPin, MessageCircle, Phone, StickyNote } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { DetailHead, Section } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import { OrderActions } from "./order-actions";
import { OrderItems } from "./order-items";
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
        actions={<Badge tone={toneOf(state)} className="mr-2">{t(`state.${state}`)}</Badge>}
        onClose={props.onClose}
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-5 p-4 wide:p-6">
          {state === "review" && (
            <Notice tone="risk">{t(`review.${order.review_reason ?? "unknown_result"}`)}</Notice>
          )}
          {order.open_requests.map((request) => (
            <Notice key={request.id} tone="waits">“{request.words}”</Notice>
          ))}
          <OrderItems order={order} />
          <Delivery order={order} />
          <Payments order={order} />
          <Timeline order={order} />
        </div>
      </div>
      <OrderActions order={order} />
    </>
  );
}

function Delivery({ order }: { order: OrderData }) {
  const t = useTranslations("orders");
  const pinned = order.latitude !== null && order.longitude !== null;
  const where = pinned ? `${order.latitude},${order.longitude}` : order.address;
  return (
    <Section title={t("delivery")}>
      <div className="flex items-center gap-3 p-4">
        <div className="min-w-0 flex-1">
          <p className="font-medium">{order.customer_name ?? t("customer")}</p>
          <p className="text-soft">{order.customer_phone}</p>
        </div>
        {order.customer_phone && (
          <Button asChild look="outline" size="icon">
            <a href={`tel:${order.customer_phone}`} aria-label={t("call")}><Phone aria-hidden /></a>
          </Button>
        )}
        {order.conversation_id && (
          <Button asChild look="outline" size="icon">
            <Link href={`/chats?id=${order.conversation_id}`} aria-label={t("chat")}><MessageCircle aria-hidden /></Link>
          </Button>
        )}
      </div>
      {order.address && (
        <a href={`https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(where)}`}
          target="_blank" rel="noreferrer" className="flex items-start gap-3 border-t p-4 hover:bg-ink/4">
          <MapPin aria-hidden className="mt-0.5 size-5 shrink-0 text-green-ink" />
          <span>{order.address}{order.zone && <span className="text-soft"> · {order.zone}</span>}</span>
        </a>
      )}
      {order.note && (
        <p className="flex items-start gap-3 border-t p-4">
          <StickyNote aria-hidden className="mt-0.5 size-5 shrink-0 text-amber" /> {order.note}
        </p>
      )}
    </Section>
  );
}

function Payments({ order }: { order: OrderData }) {
  const t = useTranslations("orders");
  const { money, full } = useFormats();
  if (order.payments.length === 0) return null;
  return (
    <Section title={t("payments")}>
      <ul className="divide-y">
        {order.payments.map((payment) => (
          <li key={payment.id} className="p-4">
            <p className="flex items-center gap-3">
              <span className="flex-1 font-medium">{money(payment.received_minor ?? payment.amount_minor)}</span>
              <Badge tone={payment.status === "succeeded" ? "good" : payment.status === "needs_review" ? "risk" : "plain"}>
                {t(`payment.${payment.status}`)}
              </Badge>
            </p>
            <p className="mt-1 text-xs text-soft">
              {[payment.phone, payment.receipt, full(payment.created_at)].filter(Boolean).join(" · ")}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

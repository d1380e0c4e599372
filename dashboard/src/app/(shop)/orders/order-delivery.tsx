"use client";

import { MapPin, MessageCircle, Phone, StickyNote } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Section } from "@/shell/detail";

import { mapLink } from "./map-link";
import type { OrderData } from "./queries";

export function Delivery({ order }: { order: OrderData }) {
  const t = useTranslations("orders");
  const map = mapLink(order);
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
      {map && (
        <a href={map} target="_blank" rel="noreferrer" className="flex items-start gap-3 border-t p-4 hover:bg-ink/4">
          <MapPin aria-hidden className="mt-0.5 size-5 shrink-0 text-green-ink" />
          <span className="min-w-0 flex-1">
            {order.address}{order.zone && <span className="text-soft"> · {order.zone}</span>}
            <span className="block text-xs text-green-ink">{t(order.latitude === null ? "findOnMap" : "pinOnMap")}</span>
          </span>
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

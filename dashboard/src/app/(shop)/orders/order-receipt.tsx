"use client";

import { MessageCircle } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem } from "@/api/problem";
import { later } from "@/components/later";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { ReceiptButtons } from "@/receipts/receipt-buttons";
import { useBoutiquePath } from "@/shell/boutique";
import { Section } from "@/shell/detail";

import { type OrderData, useOrdersChanged } from "./queries";

const EtimsNumber = later(() => import("../money/tax/etims-number").then((part) => part.EtimsNumber));

/** The receipt of a paid order: into the chat, or from the device where the chat is closed. */
export function OrderReceipt({ order }: { order: OrderData }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const changed = useOrdersChanged();
  const key = useRef(newKey());
  const [refused, setRefused] = useState<string | null>(null);
  const send = api.useMutation("post", "/boutiques/{boutique_id}/orders/{order_id}/receipt/sent", {
    onSuccess: () => {
      key.current = newKey();
      toast.success(t("receipt.isSent", { name: order.customer_name ?? t("orders.customer") }));
      void changed();
    },
    onError: (error) => {
      if (!isProblem(error)) toast.error(t("common.failed"));
      else setRefused(error.code === "window_closed" ? t("receipt.closed") : error.detail);
    },
  });
  if (order.payment_status !== "paid") return null;
  return (
    <Section title={t("receipt.title")}>
      <div className="flex flex-col gap-2 p-3">
        {order.conversation_id && !refused && (
          <Button look="outline" busy={send.isPending} onClick={() => send.mutate({
            params: { path: { ...path, order_id: order.id }, header: { "idempotency-key": key.current } },
          })}>
            {!send.isPending && <MessageCircle aria-hidden />} {t("receipt.send")}
          </Button>
        )}
        {refused && <p role="status" className="px-1 pb-1 text-soft">{refused}</p>}
        <div className="flex flex-wrap gap-2 *:flex-1">
          <ReceiptButtons of={{ boutiqueId: path.boutique_id, orderId: order.id, number: order.number }} />
          <EtimsNumber id={order.id} />
        </div>
      </div>
    </Section>
  );
}

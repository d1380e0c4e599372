"use client";

import { Truck } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { Stepper } from "@/components/ui/stepper";

import { OrderPiece } from "./order-piece";
import type { OrderData } from "./queries";
import type { Chosen } from "./refunding";
import { useDone } from "./use-done";

/** Which pieces go out now; the rest of the order follows, and the customer is told both. */
export function SendPart({ order, onClose }: { order: OrderData; onClose: () => void }) {
  const t = useTranslations();
  const [chosen, setChosen] = useState<Chosen>({});
  // The number of the sending is the one that was seen: a second tap, or another person's, sends nothing twice.
  const [number] = useState(order.dispatches.length + 1);
  const { params, options } = useDone(order, onClose);
  const send = api.useMutation("post", "/boutiques/{boutique_id}/orders/{order_id}/dispatches", options);
  const items = order.items.flatMap(({ id }) => (chosen[id] ? [{ item_id: id, quantity: chosen[id] }] : []));
  const wrong = remedyFor(send.error, "items");
  return (
    <Sheet open onOpenChange={onClose} title={t("orders.sendPart")} close={t("common.close")}
      footer={
        <Button busy={send.isPending} disabled={items.length === 0} onClick={() => send.mutate({ params, body: { number, items } })}>
          <Truck aria-hidden /> {t("orders.mark.sent")}
        </Button>
      }>
      <p className="mb-3 text-soft">{t("orders.sendPartText")}</p>
      {wrong && <div className="mb-3"><Notice tone="risk">{wrong}</Notice></div>}
      <ul className="divide-y">
        {order.items.filter((item) => item.left > 0).map((item) => (
          <li key={item.id} className="py-3">
            <OrderPiece item={item}
              below={<p className="pl-15 text-xs text-soft">{t("orders.leftToSend", { count: item.left })}</p>}
              aside={
                <Stepper label={item.name} value={chosen[item.id] ?? 0} most={item.left}
                  fewer={t("orders.fewerOf", { name: item.name })} more={t("orders.moreOf", { name: item.name })}
                  onChange={(quantity) => setChosen({ ...chosen, [item.id]: quantity })} />
              } />
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

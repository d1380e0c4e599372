"use client";

import { useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem, remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Sheet } from "@/components/ui/sheet";
import { useBoutiquePath } from "@/shell/boutique";

import { OrderMove } from "./order-moves";
import { orderState } from "./order-state";
import { type OrderData, useOrdersChanged } from "./queries";

/** What can be done with the order as it stands; the next step is the green one. */
export function OrderActions({ order }: { order: OrderData }) {
  const t = useTranslations("orders");
  const [asked, ask] = useState<"paid" | "cancel" | "settled" | null>(null);
  const state = orderState(order);
  const close = () => ask(null);
  const open = state === "unpaid" || state === "paying";
  const step = state === "to_send" ? "sent" : state === "on_the_way" ? "delivered" : null;
  if (state !== "review" && !open && !step) return null;
  return (
    <footer className="flex shrink-0 gap-2 border-t bg-surface px-4 pb-[max(0.75rem,env(safe-area-inset-bottom))] pt-3 *:flex-1 wide:justify-end wide:px-6 wide:*:flex-none">
      {state === "review" && <Button look="outline" onClick={() => ask("settled")}>{t("settle")}</Button>}
      {step && <OrderMove order={order} step={step} />}
      {open && <Button look="outline" onClick={() => ask("cancel")}>{t("cancel")}</Button>}
      {order.payment_status !== "paid" && !step && <Button onClick={() => ask("paid")}>{t("paidOutside")}</Button>}
      <PaidOutside order={order} open={asked === "paid"} onClose={close} />
      <Settle order={order} open={asked === "settled"} onClose={close} />
      <Cancel order={order} open={asked === "cancel"} onClose={close} />
    </footer>
  );
}

type Asked = { order: OrderData; open: boolean; onClose: () => void };

/** What every action has in common: its address, and what happens after it. */
function useDone(order: OrderData, onClose: () => void) {
  const t = useTranslations("common");
  const path = useBoutiquePath();
  const changed = useOrdersChanged();
  return {
    params: { path: { ...path, order_id: order.id } },
    options: {
      onSuccess: () => { onClose(); void changed(); },
      onError: (error: unknown) => void toast.error(isProblem(error) ? error.detail : t("failed")),
    },
  };
}

function PaidOutside({ order, open, onClose }: Asked) {
  const t = useTranslations();
  const [reference, setReference] = useState("");
  const { params, options } = useDone(order, onClose);
  const send = api.useMutation("post", "/boutiques/{boutique_id}/orders/{order_id}/paid-outside", options);
  return (
    <Sheet open={open} onOpenChange={onClose} title={t("orders.paidOutside")} close={t("common.close")}
      footer={<Button busy={send.isPending} disabled={reference.trim().length < 3}
        onClick={() => send.mutate({ params, body: { reference } })}>{t("orders.record")}</Button>}>
      <p className="mb-4 text-soft">{t("orders.paidOutsideText")}</p>
      <Field label={t("orders.reference")} hint={t("orders.referenceHint")} error={remedyFor(send.error, "reference")}>
        {(wired) => (
          <Input {...wired} value={reference} autoCapitalize="characters" autoComplete="off"
            onChange={(event) => setReference(event.target.value)} />
        )}
      </Field>
    </Sheet>
  );
}

function Settle({ order, open, onClose }: Asked) {
  const t = useTranslations();
  const [note, setNote] = useState("");
  const { params, options } = useDone(order, onClose);
  const send = api.useMutation("post", "/boutiques/{boutique_id}/orders/{order_id}/reviewed", options);
  const paid = order.payment_status === "paid";
  return (
    <Sheet open={open} onOpenChange={onClose} title={t("orders.settle")} close={t("common.close")}
      footer={<Button busy={send.isPending}
        onClick={() => send.mutate({ params, body: { outcome: paid ? "settled" : "not_paid", note } })}>
        {t(paid ? "orders.settled" : "orders.notPaid")}
      </Button>}>
      <p className="mb-4 text-soft">{t(paid ? "orders.settledText" : "orders.notPaidText")}</p>
      <Field label={t("orders.note")}>
        {(wired) => <Input {...wired} value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </Sheet>
  );
}

function Cancel({ order, open, onClose }: Asked) {
  const t = useTranslations();
  const { params, options } = useDone(order, onClose);
  const send = api.useMutation("post", "/boutiques/{boutique_id}/orders/{order_id}/cancelled", options);
  return (
    <Sheet open={open} onOpenChange={onClose} title={t("orders.cancelTitle", { number: order.number })} close={t("common.close")}
      footer={<Button look="danger" busy={send.isPending} onClick={() => send.mutate({ params })}>{t("orders.cancel")}</Button>}>
      <p className="text-soft">{t("orders.cancelText")}</p>
    </Sheet>
  );
}

"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Sheet } from "@/components/ui/sheet";

import type { OrderData } from "./queries";
import { useDone } from "./use-done";

const WAYS = ["mpesa", "cash", "bank"] as const;

type Asked = { order: OrderData; open: boolean; onClose: () => void };

export function PaidOutside({ order, open, onClose }: Asked) {
  const t = useTranslations();
  const [reference, setReference] = useState("");
  const [paidBy, setPaidBy] = useState<(typeof WAYS)[number]>("mpesa");
  const { params, options } = useDone(order, onClose);
  const send = api.useMutation("post", "/boutiques/{boutique_id}/orders/{order_id}/paid-outside", options);
  return (
    <Sheet open={open} onOpenChange={onClose} title={t("orders.paidOutside")} close={t("common.close")}
      footer={<Button busy={send.isPending} disabled={reference.trim().length < 3}
        onClick={() => send.mutate({ params, body: { reference, paid_by: paidBy } })}>{t("orders.record")}</Button>}>
      <p className="mb-4 text-soft">{t("orders.paidOutsideText")}</p>
      <div className="-mx-4 mb-4 overflow-hidden px-4">
        <Segmented label={t("orders.paidBy.label")} value={paidBy} onChange={setPaidBy} segments={WAYS.map((value) => ({ value, label: t(`orders.paidBy.${value}`) }))} />
      </div>
      <Field label={t("orders.reference")} hint={t("orders.referenceHint")} error={remedyFor(send.error, "reference")}>
        {(wired) => (
          <Input {...wired} value={reference} autoCapitalize="characters" autoComplete="off"
            onChange={(event) => setReference(event.target.value)} />
        )}
      </Field>
    </Sheet>
  );
}

export function Settle({ order, open, onClose }: Asked) {
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

export function Cancel({ order, open, onClose }: Asked) {
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

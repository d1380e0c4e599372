"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { Sheet } from "@/components/ui/sheet";
import { parsePrice, useFormats } from "@/shell/formats";

import type { OrderData } from "./queries";
import { RefundPieces } from "./refund-pieces";
import { type Chosen, suggestedRefund } from "./refunding";
import { useDone } from "./use-done";

type NewRefund = Schemas["NewRefund"];
const REASONS = [
  "too_small", "too_large", "not_as_shown", "faulty", "late", "never_arrived", "changed_mind", "out_of_stock",
  "paid_twice", "goodwill", "other",
] as const satisfies readonly NewRefund["reason"][];
const METHODS = ["mpesa", "cash", "bank"] as const satisfies readonly NewRefund["method"][];

/** Money that was given back: for which pieces, whether they return to the shelf, and where it is written. */
export function Refund({ order, onClose }: { order: OrderData; onClose: () => void }) {
  const t = useTranslations();
  const { money, digits } = useFormats();
  const [chosen, choose] = useState<Chosen>({});
  const [restocked, restock] = useState<Chosen>({});
  const [typed, setTyped] = useState<string | null>(null);
  const [reason, setReason] = useState<NewRefund["reason"] | "">("");
  const [words, setWords] = useState("");
  const [method, setMethod] = useState<NewRefund["method"]>("mpesa");
  const [reference, setReference] = useState("");
  // As it was seen: the same refund sent again is carried out once.
  const [number] = useState(order.refunds.length + 1);
  const { params, options } = useDone(order, onClose);
  const send = api.useMutation("post", "/boutiques/{boutique_id}/orders/{order_id}/refunds", options);

  const suggested = suggestedRefund(order, chosen);
  const shown = typed ?? (suggested > 0 ? String(suggested / 10 ** digits) : "");
  const amount = parsePrice(shown, digits);
  const tooMuch = amount !== null && amount > order.refundable_minor;
  const ready = amount !== null && !tooMuch && reason !== "" && (method === "cash" || reference.trim().length > 2);

  function submit() {
    if (amount === null || reason === "") return;
    const items = order.items.flatMap(({ id }) => (chosen[id]
      ? [{ item_id: id, quantity: chosen[id], restocked: Math.min(restocked[id] ?? 0, chosen[id]) }] : []));
    const body: NewRefund = { number, amount_minor: amount, reason, words, method, items, reference: reference.trim() || null };
    send.mutate({ params, body });
  }

  return (
    <Sheet open onOpenChange={onClose} title={t("orders.refund.title")} close={t("common.close")}
      footer={
        <Button look="danger" busy={send.isPending} disabled={!ready} onClick={submit}>
          {amount ? t("orders.refund.record", { amount: money(amount) }) : t("orders.refund.title")}
        </Button>
      }>
      <p className="mb-4 text-soft">{t("orders.refund.text")}</p>
      <div className="flex flex-col gap-5">
        <RefundPieces order={order} chosen={chosen} restocked={restocked} error={remedyFor(send.error, "items")}
          onChoose={(next) => { choose(next); setTyped(null); }} onRestock={restock} />
        <Field label={t("orders.refund.amount")}
          hint={t("orders.refund.most", { amount: money(order.refundable_minor) })}
          error={tooMuch ? t("orders.refund.tooMuch", { amount: money(order.refundable_minor) }) : remedyFor(send.error, "amount_minor")}>
          {(wired) => (
            <Input {...wired} value={shown} inputMode="decimal" autoComplete="off" className="text-xl font-semibold"
              onChange={(event) => setTyped(event.target.value)} />
          )}
        </Field>
        <Field label={t("orders.refund.reason")} error={remedyFor(send.error, "reason")}>
          {(wired) => (
            <Select {...wired} value={reason} onChange={(event) => setReason(event.target.value as NewRefund["reason"])}>
              <option value="" disabled>{t("orders.refund.choose")}</option>
              {REASONS.map((value) => <option key={value} value={value}>{t(`orders.refund.reasons.${value}`)}</option>)}
            </Select>
          )}
        </Field>
        <Field label={t(reason === "other" ? "orders.refund.why" : "orders.note")} error={remedyFor(send.error, "words")}>
          {(wired) => <Input {...wired} value={words} maxLength={500} onChange={(event) => setWords(event.target.value)} />}
        </Field>
        <Segmented label={t("orders.refund.method")} value={method} onChange={setMethod}
          segments={METHODS.map((value) => ({ value, label: t(`orders.refund.methods.${value}`) }))} />
        {method !== "cash" && (
          <Field label={t("orders.reference")} hint={t(`orders.refund.referenceHint.${method}`)} error={remedyFor(send.error, "reference")}>
            {(wired) => (
              <Input {...wired} value={reference} autoCapitalize="characters" autoComplete="off"
                onChange={(event) => setReference(event.target.value)} />
            )}
          </Field>
        )}
      </div>
    </Sheet>
  );
}

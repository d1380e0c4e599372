"use client";

import { type FormEvent, useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { newKey } from "@/api/once";
import { isProblem, remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import { Sheet } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";
import { parsePrice, useFormats } from "@/shell/formats";

import { type ShownDebtor, usePaying } from "./queries";

/** What she pays now, all of it or a part; it goes to her oldest sale first. */
export function PaymentSheet(props: { debtor: ShownDebtor; onClose: () => void; onPaidOff: () => void }) {
  const t = useTranslations();
  const form = useId();
  const path = useBoutiquePath();
  const { money, digits } = useFormats();
  const key = useRef(newKey());
  const paying = usePaying();
  const { debtor } = props;
  const [typed, setTyped] = useState(() => String(debtor.owed_minor / 10 ** digits));
  const [method, setMethod] = useState<"cash" | "mpesa">("cash");
  const [reference, setReference] = useState("");
  const amount = parsePrice(typed, digits);
  const tooMuch = amount !== null && amount > debtor.owed_minor;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!amount || tooMuch) return;
    paying.mutate({
      params: { path: { ...path, debtor_id: debtor.id }, header: { "idempotency-key": key.current } },
      body: { amount_minor: amount, method, reference: method === "mpesa" ? reference.trim() : undefined },
    }, {
      onSuccess: ({ owed_minor }) => {
        toast.success(owed_minor ? t("credit.paid", { left: money(owed_minor) }) : t("credit.paidOff"));
        props.onClose();
        if (!owed_minor) props.onPaidOff();
      },
      // After a lost answer the same key asks again, and the money is not noted twice.
      onError: (error) => { if (isProblem(error)) key.current = newKey(); },
    });
  };
  const known = remedyFor(paying.error, "amount_minor") ?? remedyFor(paying.error, "reference");
  return (
    <Sheet open onOpenChange={props.onClose} title={t("credit.payTitle", { name: debtor.name })} close={t("common.close")}
      footer={<Button type="submit" form={form} busy={paying.isPending} disabled={!amount || tooMuch || (method === "mpesa" && reference.trim().length < 3)}>{t("credit.take", { sum: money(amount ?? 0) })}</Button>}>
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t("credit.amount")} hint={t("credit.amountHint", { sum: money(debtor.owed_minor) })}
          error={tooMuch ? t("credit.tooMuch", { sum: money(debtor.owed_minor) }) : remedyFor(paying.error, "amount_minor")}>
          {(wired) => <Input {...wired} inputMode="decimal" autoComplete="off" value={typed} onChange={({ target }) => setTyped(target.value)} />}
        </Field>
        <div className="overflow-hidden px-4 -mx-4">
          <Segmented label={t("credit.how")} value={method} onChange={setMethod}
            segments={(["cash", "mpesa"] as const).map((value) => ({ value, label: t(`credit.by.${value}`) }))} />
        </div>
        {method === "mpesa" && (
          <Field label={t("credit.reference")} hint={t("credit.referenceHint")} error={remedyFor(paying.error, "reference")}>
            {(wired) => <Input {...wired} autoCapitalize="characters" autoComplete="off" maxLength={40} value={reference} onChange={({ target }) => setReference(target.value)} />}
          </Field>
        )}
        {paying.isError && !known && <Notice tone="risk">{isProblem(paying.error) ? paying.error.detail : t("common.failed")}</Notice>}
      </form>
    </Sheet>
  );
}

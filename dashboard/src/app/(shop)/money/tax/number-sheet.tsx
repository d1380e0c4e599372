"use client";

import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";

import { isProblem, remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

import { type TaxDocument, useNoting } from "./queries";

/** The number that KRA's app gave for a sale, or the credit note's for a refund. */
export function NumberSheet({ document, onClose }: { document: TaxDocument; onClose: () => void }) {
  const t = useTranslations();
  const form = useId();
  const path = useBoutiquePath();
  const { money, full } = useFormats();
  const noting = useNoting();
  const [number, setNumber] = useState(document.etims_number ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    noting.mutate({ params: { path: { ...path, document_id: document.id } }, body: { number: number.trim() || null } }, {
      onSuccess: () => { toast.success(t("tax.saved")); onClose(); },
    });
  };
  const known = remedyFor(noting.error, "number");
  const facts = [["total", document.total_minor], ["taxable", document.taxable_minor], ["vat", document.vat_minor]] as const;
  return (
    <Sheet open onOpenChange={onClose} title={document.number} close={t("common.close")}
      footer={<Button type="submit" form={form} busy={noting.isPending} disabled={number.trim() === (document.etims_number ?? "")}>{t("common.save")}</Button>}>
      <p className="-mt-1 mb-3 text-soft">{[full(document.at), document.buyer, document.items].filter(Boolean).join(" · ")}</p>
      <dl className="mb-4 divide-y border-y">
        {facts.map(([name, sum]) => <div key={name} className="flex gap-3 py-2"><dt className="flex-1 text-soft">{t(`tax.${name}`)}</dt><dd className="tabular-nums">{money(sum)}</dd></div>)}
      </dl>
      <form id={form} onSubmit={submit} className="flex flex-col gap-3">
        <Field label={t(document.kind === "refund" ? "tax.creditNote" : "tax.number")} hint={t("tax.numberHint")} error={known}>
          {(wired) => <Input {...wired} autoFocus autoCapitalize="characters" autoComplete="off" maxLength={60} value={number} onChange={({ target }) => setNumber(target.value)} />}
        </Field>
        {noting.isError && !known && <Notice tone="risk">{isProblem(noting.error) ? noting.error.detail : t("common.failed")}</Notice>}
      </form>
    </Sheet>
  );
}

"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Sheet } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";

import { useTakingBack } from "./queries";

/** A payment that was a slip, or that M-Pesa took back: what it paid is owed again. */
export function TakeBack({ paymentId, sum, onClose }: { paymentId: string; sum: string; onClose: () => void }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const taking = useTakingBack();
  const [reason, setReason] = useState("");
  const take = () => taking.mutate({ params: { path: { ...path, payment_id: paymentId } }, body: { reason: reason.trim() } }, {
    onSuccess: () => { toast.success(t("credit.isTakenBack")); onClose(); },
  });
  return (
    <Sheet open onOpenChange={onClose} title={t("credit.takeBackTitle", { sum })} close={t("common.close")}
      footer={<Button look="danger" busy={taking.isPending} disabled={!reason.trim()} onClick={take}>{t("credit.takeBack")}</Button>}>
      <p className="mb-4 text-soft">{t("credit.takeBackText")}</p>
      <Field label={t("credit.takeBackReason")} error={taking.isError ? (isProblem(taking.error) ? taking.error.detail : t("common.failed")) : undefined}>
        {(wired) => <Input {...wired} autoFocus maxLength={200} value={reason} onChange={({ target }) => setReason(target.value)} />}
      </Field>
    </Sheet>
  );
}

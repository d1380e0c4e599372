"use client";

import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";

import { remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Sheet } from "@/components/ui/sheet";

/** Who will pay later; the phone is there for the day of asking. */
export function Credit(props: {
  sum: string;
  busy: boolean;
  problem: unknown;
  onSell: (buyer: { buyer_name: string; buyer_phone: string | null }) => void;
  onClose: () => void;
}) {
  const t = useTranslations();
  const form = useId();
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  function submit(event: FormEvent) {
    event.preventDefault();
    props.onSell({ buyer_name: name.trim(), buyer_phone: phone.trim() || null });
  }
  return (
    <Sheet open onOpenChange={props.onClose} title={t("sell.creditTitle", { sum: props.sum })} close={t("common.close")}
      footer={<Button type="submit" form={form} busy={props.busy} disabled={!name.trim()}>{t("sell.creditSell")}</Button>}>
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t("sell.creditName")} error={remedyFor(props.problem, "buyer_name")}>
          {(wired) => <Input {...wired} autoFocus required maxLength={80} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label={t("sell.creditPhone")} hint={t("sell.creditPhoneHint")} error={remedyFor(props.problem, "buyer_phone")}>
          {(wired) => <Input {...wired} type="tel" inputMode="tel" maxLength={40} autoComplete="off" value={phone} onChange={(event) => setPhone(event.target.value)} />}
        </Field>
      </form>
    </Sheet>
  );
}

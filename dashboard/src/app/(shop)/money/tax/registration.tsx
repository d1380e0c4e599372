"use client";

import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";

import { isProblem, remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { Sheet } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toaster";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";

import { type Settings, useSettingUp, type Vat, VATS } from "./queries";

/** The shop's PIN and whether its prices hold tax; owners change it. */
export function Registration({ settings }: { settings: Settings }) {
  const t = useTranslations("tax");
  const owner = useBoutique().role === "owner";
  const [editing, setEditing] = useState(false);
  return (
    <div className="flex items-center gap-3 rounded-2xl border bg-surface p-4">
      <p className="min-w-0 flex-1">
        <span className="block font-medium">{settings.kra_pin ?? t("noPin")}</span>
        <span className="block text-xs text-soft">{t(`vats.${settings.vat}`)}</span>
      </p>
      {owner && <Button look="outline" size="sm" onClick={() => setEditing(true)}>{t("change")}</Button>}
      {editing && <Form settings={settings} onClose={() => setEditing(false)} />}
    </div>
  );
}

function Form({ settings, onClose }: { settings: Settings; onClose: () => void }) {
  const t = useTranslations();
  const form = useId();
  const path = useBoutiquePath();
  const saving = useSettingUp();
  const [pin, setPin] = useState(settings.kra_pin ?? "");
  const [vat, setVat] = useState<Vat>(settings.vat);
  const [since, setSince] = useState(settings.counts_from ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate({ params: { path }, body: { kra_pin: pin.trim() || null, vat, since: since || null } }, {
      onSuccess: () => { toast.success(t("tax.saved")); onClose(); },
    });
  };
  const known = remedyFor(saving.error, "kra_pin");
  return (
    <Sheet open onOpenChange={onClose} title={t("tax.registration")} close={t("common.close")}
      footer={<Button type="submit" form={form} busy={saving.isPending}>{t("common.save")}</Button>}>
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <p className="text-soft">{t("tax.how")}</p>
        <Field label={t("tax.pin")} hint="A123456789Z" error={known}>
          {(wired) => <Input {...wired} autoCapitalize="characters" autoComplete="off" maxLength={20} value={pin} onChange={({ target }) => setPin(target.value)} />}
        </Field>
        <Field label={t("tax.vat")}>
          {(wired) => (
            <Select {...wired} value={vat} onChange={({ target }) => setVat(target.value as Vat)}>
              {VATS.map((one) => <option key={one} value={one}>{t(`tax.vats.${one}`)}</option>)}
            </Select>
          )}
        </Field>
        <Field label={t("tax.since")} hint={t("tax.sinceHint")} error={remedyFor(saving.error, "since")}>
          {(wired) => <Input {...wired} type="date" value={since} onChange={({ target }) => setSince(target.value)} />}
        </Field>
        {saving.isError && !known && <Notice tone="risk">{isProblem(saving.error) ? saving.error.detail : t("common.failed")}</Notice>}
      </form>
    </Sheet>
  );
}

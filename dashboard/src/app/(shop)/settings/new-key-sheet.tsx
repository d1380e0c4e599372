"use client";

import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem, remedyFor } from "@/api/problem";
import { Copyable } from "@/components/copyable";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { Switch } from "@/components/ui/switch";
import { useBoutiquePath } from "@/shell/boutique";

import { useListChanged } from "./queries";

const KEYS = "/boutiques/{boutique_id}/api-keys";

/** Makes a key, and shows it this once. */
export function NewKeySheet({ onClose }: { onClose: () => void }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const changed = useListChanged(KEYS);
  const [name, setName] = useState("");
  const [writes, setWrites] = useState(false);
  const make = api.useMutation("post", KEYS, { onSuccess: changed });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({ params: { path }, body: { name, may_write: writes } });
  };
  if (make.data) {
    return (
      <Sheet open onOpenChange={onClose} title={make.data.api_key.name} close={t("common.close")}
        footer={<Button onClick={onClose}>{t("settings.keys.kept")}</Button>}>
        <div className="flex flex-col gap-4 pt-1">
          <Notice tone="waits">{t("settings.keys.once")}</Notice>
          <Copyable label={t("settings.keys.key")} text={make.data.key} />
          <p className="text-xs text-soft">{t("settings.keys.how")}</p>
        </div>
      </Sheet>
    );
  }
  const remedy = remedyFor(make.error, "name") ?? (isProblem(make.error) ? make.error.detail : undefined);
  return (
    <Sheet open onOpenChange={onClose} title={t("settings.keys.add")} close={t("common.close")}
      footer={<Button type="submit" form="key" busy={make.isPending}>{t("settings.keys.make")}</Button>}>
      <form id="key" onSubmit={submit} className="flex flex-col gap-4 pt-1">
        <Field label={t("settings.keys.name")} hint={t("settings.keys.nameHint")} error={remedy}>
          {(wired) => <Input {...wired} required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <div className="flex min-h-12 items-center gap-3">
          <label htmlFor="key-writes" className="flex-1">
            <span className="block font-medium">{t("settings.keys.mayWrite")}</span>
            <span className="block text-xs text-soft">{t("settings.keys.mayWriteHint")}</span>
          </label>
          <Switch id="key-writes" checked={writes} onChange={setWrites} />
        </div>
      </form>
    </Sheet>
  );
}

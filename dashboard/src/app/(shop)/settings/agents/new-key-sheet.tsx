"use client";

import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";

import { isProblem, remedyFor } from "@/api/problem";
import { Copyable } from "@/components/copyable";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { useBoutiquePath } from "@/shell/boutique";

import { useMaking } from "./queries";

/** Makes an agent's key, and shows it this once beside the address. */
export function NewKeySheet({ onClose }: { onClose: () => void }) {
  const t = useTranslations("agents");
  const tCommon = useTranslations("common");
  const path = useBoutiquePath();
  const [name, setName] = useState("");
  const making = useMaking();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    making.mutate({ params: { path }, body: { name } });
  };
  if (making.data) {
    return (
      <Sheet open onOpenChange={onClose} title={name} close={tCommon("close")}
        footer={<Button onClick={onClose}>{t("keys.kept")}</Button>}>
        <div className="flex flex-col gap-4 pt-1">
          <Notice tone="waits">{t("keys.once")}</Notice>
          <Copyable label={t("keys.key")} text={making.data.key} />
          <Copyable label={t("address")} text={making.data.agents.address} />
          <p className="text-xs text-soft">{t("keys.how")}</p>
        </div>
      </Sheet>
    );
  }
  const remedy = remedyFor(making.error, "name") ?? (isProblem(making.error) ? making.error.detail : undefined);
  return (
    <Sheet open onOpenChange={onClose} title={t("keys.add")} close={tCommon("close")}
      footer={<Button type="submit" form="agent-key" busy={making.isPending}>{t("keys.make")}</Button>}>
      <form id="agent-key" onSubmit={submit} className="flex flex-col gap-4 pt-1">
        <Field label={t("keys.name")} hint={t("keys.nameHint")} error={remedy}>
          {(wired) => <Input {...wired} required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <p className="text-xs text-soft">{t("keys.opens")}</p>
      </form>
    </Sheet>
  );
}

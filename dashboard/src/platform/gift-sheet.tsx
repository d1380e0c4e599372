"use client";

import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Sheet } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toaster";

import { useUsageChanged } from "./usage";

/** Conversations of this month that do not count, with the reason. */
export function GiftSheet({ boutiqueId, onClose }: { boutiqueId: string; onClose: () => void }) {
  const t = useTranslations();
  const form = useId();
  const changed = useUsageChanged();
  const [count, setCount] = useState("");
  const [reason, setReason] = useState("");
  const give = api.useMutation("post", "/platform/boutiques/{boutique_id}/gifts", {
    onSuccess: () => { changed(); toast.success(t("platformUsage.given")); onClose(); },
    onError: () => toast.error(t("common.failed")),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    give.mutate({ params: { path: { boutique_id: boutiqueId } }, body: { conversations: Number(count), reason: reason.trim() } });
  };
  return (
    <Sheet open onOpenChange={onClose} title={t("platformUsage.give")} close={t("common.close")}
      footer={<Button type="submit" form={form} busy={give.isPending} disabled={!/^[1-9]\d*$/.test(count) || !reason.trim()}>{t("platformUsage.give")}</Button>}>
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t("platformUsage.giftCount")} error={remedyFor(give.error, "conversations")}>
          {(wired) => <Input {...wired} required inputMode="numeric" value={count} onChange={({ target }) => setCount(target.value)} />}
        </Field>
        <Field label={t("platformUsage.giftReason")} error={remedyFor(give.error, "reason")}>
          {(wired) => <Input {...wired} required maxLength={200} value={reason} onChange={({ target }) => setReason(target.value)} />}
        </Field>
      </form>
    </Sheet>
  );
}

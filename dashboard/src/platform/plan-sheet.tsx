"use client";

import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { isProblem, remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import { Sheet } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toaster";
import { minorDigits, parsePrice } from "@/shell/formats";

import { useUsageChanged } from "./usage";

type Over = Schemas["NewPlan"]["over"];

/** What is included in a month, and what is done beyond it; in force from now on. */
export function PlanSheet(props: { boutiqueId: string; plan: Schemas["PlatformPlan"] | null; currency: string; onClose: () => void }) {
  const t = useTranslations();
  const form = useId();
  const changed = useUsageChanged();
  const digits = minorDigits(props.currency);
  const [name, setName] = useState(props.plan?.name ?? "Free");
  const [included, setIncluded] = useState(String(props.plan?.included ?? 100));
  const [over, setOver] = useState<Over>(props.plan?.over ?? "stop");
  const [price, setPrice] = useState(props.plan?.extra_minor ? String(props.plan.extra_minor / 10 ** digits) : "");
  const put = api.useMutation("put", "/platform/boutiques/{boutique_id}/plan", {
    onSuccess: () => { changed(); toast.success(t("platformUsage.planSaved")); props.onClose(); },
  });
  const extra = over === "bill" ? parsePrice(price, digits) : 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    put.mutate({
      params: { path: { boutique_id: props.boutiqueId } },
      body: { name: name.trim(), included: Number(included), over, extra_minor: extra ?? 0 },
    });
  };
  return (
    <Sheet open onOpenChange={props.onClose} title={t("platformUsage.changePlan")} close={t("common.close")}
      footer={<Button type="submit" form={form} busy={put.isPending} disabled={!name.trim() || !/^\d+$/.test(included) || extra === null}>{t("common.save")}</Button>}>
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t("platformUsage.planName")} error={remedyFor(put.error, "name")}>
          {(wired) => <Input {...wired} required maxLength={40} value={name} onChange={({ target }) => setName(target.value)} />}
        </Field>
        <Field label={t("platformUsage.included")} error={remedyFor(put.error, "included")}>
          {(wired) => <Input {...wired} required inputMode="numeric" pattern="[0-9]+" value={included} onChange={({ target }) => setIncluded(target.value)} />}
        </Field>
        <Segmented<Over> label={t("platformUsage.beyond")} value={over} onChange={setOver}
          segments={[{ value: "stop", label: t("platformUsage.stop") }, { value: "bill", label: t("platformUsage.bill") }]} />
        <p className="text-xs text-soft">{t(`platformUsage.beyondHint.${over}`)}</p>
        {over === "bill" && (
          <Field label={t("platformUsage.price", { currency: props.currency })} error={remedyFor(put.error, "extra_minor")}>
            {(wired) => <Input {...wired} required inputMode="decimal" value={price} onChange={({ target }) => setPrice(target.value)} />}
          </Field>
        )}
        {put.isError && isProblem(put.error) && !put.error.errors?.length && <Notice tone="risk">{put.error.detail}</Notice>}
      </form>
    </Sheet>
  );
}

"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem, remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";
import { parsePrice, useFormats } from "@/shell/formats";

const COST = "/boutiques/{boutique_id}/products/{product_id}/cost";

export function useCost(productId: string, enabled = true) {
  const path = useBoutiquePath();
  return api.useQuery("get", COST, { params: { path: { ...path, product_id: productId } } }, { enabled }).data;
}

type Props = { productId: string; name: string; always: boolean; onClose: () => void };

/** What one unit of a piece costs the shop; `always` proposes that it counts for the sales before. */
export function CostSheet(props: Props) {
  const t = useTranslations();
  const costs = useCost(props.productId);
  return costs ? <CostForm {...props} known={costs.cost_minor} /> : (
    <Sheet open onOpenChange={props.onClose} title={t("margin.costOf", { name: props.name })} close={t("common.close")}>
      <Skeleton className="h-24 rounded-2xl" />
    </Sheet>
  );
}

function CostForm(props: Props & { known: number | null }) {
  const t = useTranslations();
  const form = useId();
  const before = useId();
  const path = useBoutiquePath();
  const queries = useQueryClient();
  const { digits, currency } = useFormats();
  const [typed, setTyped] = useState(props.known === null ? "" : String(props.known / 10 ** digits));
  const [always, setAlways] = useState(props.always);
  const cost = /^0+$/.test(typed.trim()) ? 0 : parsePrice(typed, digits);
  const saving = api.useMutation("put", COST, {
    onSuccess: () => {
      void queries.invalidateQueries({ predicate: ({ queryKey: [, route] }) => typeof route === "string" && /margin|\/cost$/.test(route) });
      toast.success(t("margin.saved"));
      props.onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (cost === null) return;
    saving.mutate({ params: { path: { ...path, product_id: props.productId } }, body: { cost_minor: cost, always } });
  };
  return (
    <Sheet open onOpenChange={props.onClose} title={t("margin.costOf", { name: props.name })} close={t("common.close")}
      footer={<Button type="submit" form={form} busy={saving.isPending} disabled={cost === null}>{t("common.save")}</Button>}>
      <form id={form} onSubmit={submit} className="flex flex-col gap-5">
        <Field label={t("margin.costIn", { currency })} hint={t("margin.costHint")} error={remedyFor(saving.error, "cost_minor")}>
          {(wired) => <Input {...wired} autoFocus inputMode="decimal" autoComplete="off" value={typed} onChange={({ target }) => setTyped(target.value)} />}
        </Field>
        <div className="flex items-center gap-3">
          <label htmlFor={before} className="min-w-0 flex-1">
            <span className="block font-medium">{t("margin.always")}</span>
            <span className="block text-xs text-soft">{t("margin.alwaysHint")}</span>
          </label>
          <Switch id={before} checked={always} onChange={setAlways} />
        </div>
        {saving.isError && !remedyFor(saving.error, "cost_minor") && <Notice tone="risk">{isProblem(saving.error) ? saving.error.detail : t("common.failed")}</Notice>}
      </form>
    </Sheet>
  );
}

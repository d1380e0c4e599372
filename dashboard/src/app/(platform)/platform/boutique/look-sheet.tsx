"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Textarea } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Sheet } from "@/components/ui/sheet";
import { enterLook } from "@/platform/looking";

import { BOUTIQUE, useRefused } from "./queries";

const MINUTES = ["15", "30", "60"] as const;

/** Asks for the reason of a look, and opens the boutique's dashboard. */
export function LookSheet(props: { boutique: Schemas["PlatformBoutiquePage"]; open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations();
  const { boutique } = props;
  const [minutes, setMinutes] = useState<(typeof MINUTES)[number]>("30");
  const [reason, setReason] = useState("");
  const look = api.useMutation("post", `${BOUTIQUE}/looks`, {
    onSuccess: () => enterLook(boutique.id),
    onError: useRefused(),
  });
  return (
    <Sheet open={props.open} onOpenChange={props.onOpenChange} title={t("platformShops.look.title", { name: boutique.name })} close={t("common.close")}
      footer={(
        <Button busy={look.isPending} disabled={reason.trim().length < 3}
          onClick={() => look.mutate({ params: { path: { boutique_id: boutique.id } }, body: { reason: reason.trim(), minutes: Number(minutes) } })}>
          {t("platformShops.look.confirm")}
        </Button>
      )}>
      <div className="flex flex-col gap-4">
        <p className="text-soft">{t("platformShops.look.text")}</p>
        <Field label={t("platformShops.look.reason")} hint={t("platformShops.pause.reasonHint")} error={remedyFor(look.error, "reason")}>
          {(wired) => <Textarea {...wired} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
        <Segmented label={t("platformShops.look.minutes")} value={minutes} onChange={setMinutes}
          segments={MINUTES.map((value) => ({ value, label: t("platformShops.look.forMinutes", { count: Number(value) }) }))} />
      </div>
    </Sheet>
  );
}

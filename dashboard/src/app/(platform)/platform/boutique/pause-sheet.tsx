"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Textarea } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Sheet } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toaster";

import { BOUTIQUE, useAnew, useRefused } from "./queries";

type What = "whole" | "twilio" | "meta";

/** Pauses the boutique or its channel, with the reason that its owner reads. */
export function PauseSheet(props: { boutique: Schemas["PlatformBoutiquePage"]; open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations();
  const { boutique } = props;
  const [what, setWhat] = useState<What>("whole");
  const [reason, setReason] = useState("");
  const anew = useAnew();
  const pause = api.useMutation("post", `${BOUTIQUE}/pauses`, {
    onSuccess: async () => {
      await anew();
      toast.success(t("platformShops.pause.paused"));
      setReason("");
      props.onOpenChange(false);
    },
    onError: useRefused(),
  });
  const kinds: What[] = ["whole", boutique.whatsapp_provider];
  return (
    <Sheet open={props.open} onOpenChange={props.onOpenChange} title={t("platformShops.pause.title", { name: boutique.name })} close={t("common.close")}
      footer={(
        <Button look="danger" busy={pause.isPending} disabled={reason.trim().length < 3}
          onClick={() => pause.mutate({
            params: { path: { boutique_id: boutique.id } },
            body: { provider: what === "whole" ? null : what, reason: reason.trim() },
          })}>
          {t("platformShops.pause.confirm")}
        </Button>
      )}>
      <div className="flex flex-col gap-4">
        <p className="text-soft">{t("platformShops.pause.text")}</p>
        <Segmented label={t("platformShops.pause.what")} value={what} onChange={setWhat}
          segments={kinds.map((value) => ({
            value, label: value === "whole" ? t("platformShops.pause.whole") : t(`platformShops.pause.channels.${value}`),
          }))} />
        <Field label={t("platformShops.pause.reason")} hint={t("platformShops.pause.reasonHint")} error={remedyFor(pause.error, "reason")}>
          {(wired) => <Textarea {...wired} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
      </div>
    </Sheet>
  );
}

"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { useBoutiquePath } from "@/shell/boutique";

import { AUTOMATIONS, type ChannelState, useAutomationsChanged } from "./queries";

/** Stops what rules send on a channel, with a reason for whoever wonders later. */
export function PauseSheet({ channel, onClose }: { channel: ChannelState["channel"]; onClose: () => void }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const changed = useAutomationsChanged();
  const [reason, setReason] = useState("");
  const name = t(`automations.channels.${channel}`);
  const pause = api.useMutation("put", `${AUTOMATIONS}/channels/{channel}`, { onSuccess: () => { void changed(); onClose(); } });
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} close={t("common.close")} title={t("automations.channels.pauseTitle", { channel: name })}
      footer={
        <Button busy={pause.isPending} onClick={() => pause.mutate({ params: { path: { ...path, channel } }, body: { reason: reason.trim() || null } })}>
          {t("automations.channels.pauseOne", { channel: name })}
        </Button>
      }>
      <div className="flex flex-col gap-4">
        <p className="text-soft">{t(`automations.channels.pauseText.${channel}`)}</p>
        <Field label={t("automations.channels.reason")} hint={t("automations.channels.reasonHint")}>
          {(wired) => <Input {...wired} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
        {pause.error && <Notice tone="risk">{isProblem(pause.error) ? pause.error.detail : t("common.failed")}</Notice>}
      </div>
    </Sheet>
  );
}

"use client";

import { MessageCircle, MessageSquareText } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { cn } from "@/components/cn";
import { later } from "@/components/later";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

import { AUTOMATIONS, type ChannelState, useAutomationsChanged, useChannels } from "./queries";

const PauseSheet = later(() => import("./pause-sheet").then((part) => part.PauseSheet));
const ICONS = { whatsapp: MessageCircle, sms: MessageSquareText };

/** By what rules may write now, each with its pause. */
export function Channels() {
  const t = useTranslations("automations.channels");
  const { data, isError } = useChannels();
  if (isError && !data) return null; // the list below says that there is no answer
  return (
    <section aria-label={t("label")} className="grid grid-cols-1 gap-2 border-b p-3">
      {data ? data.items.map((one) => <Channel key={one.channel} state={one} />) : [0, 1].map((n) => <Skeleton key={n} className="h-15 rounded-2xl" />)}
    </section>
  );
}

function Channel({ state }: { state: ChannelState }) {
  const t = useTranslations();
  const { full } = useFormats();
  const path = useBoutiquePath();
  const owner = useBoutique().role === "owner";
  const changed = useAutomationsChanged();
  const [asking, ask] = useState(false);
  const { channel, paused } = state;
  const Icon = ICONS[channel];
  const name = t(`automations.channels.${channel}`);
  const resume = api.useMutation("delete", `${AUTOMATIONS}/channels/{channel}`, {
    onSuccess: () => { toast.success(t("automations.channels.resumed", { channel: name })); return changed(); },
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });
  return (
    <div className="flex min-h-15 items-center gap-3 rounded-2xl border bg-raised py-2 pl-3 pr-2">
      <Icon aria-hidden className={cn("size-5 shrink-0", paused ? "text-amber" : "text-green-ink")} />
      <span className="min-w-0 flex-1">
        <span className="block font-medium leading-5">{name}</span>
        <span className={cn("block text-xs", paused ? "text-amber" : "text-soft")}>
          {paused && state.paused_at ? t("automations.channels.pausedSince", { at: full(state.paused_at) }) : t("automations.channels.sends")}
          {paused && state.reason && ` · ${state.reason}`}
        </span>
      </span>
      {owner && (paused
        ? <Button size="sm" look="outline" busy={resume.isPending} aria-label={t("automations.channels.resumeOne", { channel: name })}
            onClick={() => resume.mutate({ params: { path: { ...path, channel } } })}>{t("automations.channels.resume")}</Button>
        : <Button size="sm" look="quiet" aria-label={t("automations.channels.pauseOne", { channel: name })} onClick={() => ask(true)}>{t("automations.channels.pause")}</Button>)}
      {asking && <PauseSheet channel={channel} onClose={() => ask(false)} />}
    </div>
  );
}

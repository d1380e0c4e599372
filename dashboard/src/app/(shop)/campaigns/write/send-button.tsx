"use client";

import { CalendarClock, Send } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

import { type Preview, useCampaignsChanged } from "../queries";
import { useSaid } from "../use-said";
import type { Writing } from "./use-writing";

/** Asks once more, with the numbers, before anything leaves. */
export function SendButton({ writing, preview }: { writing: Writing; preview: Preview | undefined }) {
  const t = useTranslations();
  const router = useRouter();
  const path = useBoutiquePath();
  const { role } = useBoutique();
  const { money } = useFormats();
  const changed = useCampaignsChanged();
  const said = useSaid();
  const [asking, ask] = useState(false);
  const kind = writing.written?.schedule.kind ?? "now";
  const send = api.useMutation("post", "/boutiques/{boutique_id}/campaigns/{campaign_id}/send", {
    onSuccess: () => {
      void changed();
      toast.success(t(kind === "now" ? "campaigns.send.begun" : "campaigns.send.scheduled"));
      router.push(`/campaigns?id=${writing.id}`);
    },
  });
  const icon = kind === "now" ? <Send aria-hidden /> : <CalendarClock aria-hidden />;
  const ready = writing.state === "saved" && role === "owner" && preview !== undefined && preview.recipients > 0;
  return (
    <>
      <Button disabled={!ready} onClick={() => { send.reset(); ask(true); }}>{icon} {t(`campaigns.send.${kind}`)}</Button>
      <Sheet open={asking} onOpenChange={ask} title={t("campaigns.send.title")} close={t("common.close")}
        footer={
          <Button busy={send.isPending} onClick={() => send.mutate({ params: { path: { ...path, campaign_id: writing.id } } })}>
            {icon} {t(`campaigns.send.${kind}`)}
          </Button>
        }>
        {preview && writing.written && (
          <div className="flex flex-col gap-4">
            <p className="text-lg">
              {t("campaigns.send.sure", { count: preview.recipients, cost: preview.cost_minor === null ? "" : money(preview.cost_minor) })}
            </p>
            <p className="text-soft first-letter:uppercase">{said.schedule(writing.written.schedule)}</p>
            {send.error ? <Notice tone="risk">{isProblem(send.error) ? send.error.detail : t("common.failed")}</Notice> : null}
          </div>
        )}
      </Sheet>
    </>
  );
}

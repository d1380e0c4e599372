"use client";

import { Pause, Play } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { AskReason } from "@/platform/works/asking";
import { useLookAgain } from "@/platform/works/look-again";

import { useQueueName } from "./words";

const PAUSE = "/platform/queues/{queue}/pause";

/** Stops a queue until it is let go on, for a reason. */
export function PauseQueue({ queue }: { queue: string }) {
  const t = useTranslations("works.queues");
  const nameOf = useQueueName();
  const [open, setOpen] = useState(false);
  const pause = api.useMutation("put", PAUSE, { onSuccess: useLookAgain() });
  const give = (reason: string) => pause.mutate({ params: { path: { queue } }, body: { reason } }, {
    onSuccess: () => { setOpen(false); toast.success(t("paused", { queue: nameOf(queue) })); },
  });
  const name = t("pauseOf", { queue: nameOf(queue) });
  return (
    <>
      <Button look="quiet" size="icon" aria-label={name} title={name} onClick={() => setOpen(true)}><Pause aria-hidden /></Button>
      <AskReason open={open} onOpenChange={setOpen} title={name} text={t("pauseText")} action={t("pause")}
        busy={pause.isPending} error={pause.error} onGiven={give} />
    </>
  );
}

export function Resume({ queue }: { queue: string }) {
  const t = useTranslations();
  const nameOf = useQueueName();
  const resume = api.useMutation("delete", PAUSE, { onSuccess: useLookAgain() });
  const go = () => resume.mutate({ params: { path: { queue } } }, {
    onSuccess: () => toast.success(t("works.queues.resumed", { queue: nameOf(queue) })),
    onError: (error) => toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });
  return <Button size="sm" busy={resume.isPending} onClick={go}><Play aria-hidden /> {t("works.queues.resume")}</Button>;
}

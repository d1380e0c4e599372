"use client";

import { RotateCcw } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";
import { Refused } from "@/platform/works/asking";

import { type Filters, useLookAgain, useProgress, useReplay } from "./queries";

/** Replays what the list holds, and tells how far it has come. */
export function ReplayAll({ of }: { of: Filters & { q?: string } }) {
  const t = useTranslations();
  const [open, setOpen] = useState(false);
  const [replayId, setReplayId] = useState<string | null>(null);
  const replay = useReplay();
  const run = () => replay.mutate({ body: { all_of: { nobodys: false, q: "", ...of } } }, { onSuccess: ({ id }) => { setOpen(false); setReplayId(id); } });
  return (
    <div className="flex flex-col gap-3 border-b p-3">
      <Button look="outline" onClick={() => setOpen(true)}><RotateCcw aria-hidden /> {t("works.webhooks.replayAll")}</Button>
      {replayId && <Progress replayId={replayId} />}
      <Sheet open={open} onOpenChange={setOpen} title={t("works.webhooks.replayAll")} close={t("common.close")}
        footer={<Button busy={replay.isPending} onClick={run}>{t("works.webhooks.replayNow")}</Button>}>
        <div className="flex flex-col gap-4">
          <p className="text-soft">{t("works.webhooks.replayAllText")}</p>
          <Refused error={replay.error} />
        </div>
      </Sheet>
    </div>
  );
}

function Progress({ replayId }: { replayId: string }) {
  const t = useTranslations("works.webhooks");
  const order = useProgress(replayId);
  const lookAgain = useLookAgain();
  const ended = order !== undefined && order.done >= order.events;
  useEffect(() => {
    if (ended) lookAgain();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when it has ended
  }, [ended]);
  if (!order) return null;
  return (
    <div role="status" className="flex flex-col gap-1.5">
      <progress aria-label={t("progress", { done: order.done, events: order.events })} value={order.done} max={order.events}
        className="h-2 w-full overflow-hidden rounded-full accent-green" />
      <p className="text-xs">{t("progress", { done: order.done, events: order.events })}</p>
      {ended && <p className="text-xs text-soft">{t("sums", { handled: order.handled, unchanged: order.unchanged, refused: order.refused, failed: order.failed })}</p>}
    </div>
  );
}

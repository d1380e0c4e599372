"use client";

import { CircleHelp } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Refused } from "@/platform/works/asking";
import { useClock } from "@/platform/works/formats";
import { DetailHead, WaitingDetail } from "@/shell/detail";

import { TONES } from "./event-row";
import { Payload } from "./payload";
import { useEvent, useLookAgain, useProgress, useReplay } from "./queries";
import { Replays } from "./replays";

/** One event: what was sent, what became of it, and a replay. */
export function EventDetail({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations("works.webhooks");
  const { data, isError } = useEvent(id);
  if (isError && !data) return <><DetailHead title="" onClose={onClose} /><Empty picture={<CircleHelp aria-hidden />} text={t("none")} /></>;
  return data ? <Shown event={data} onClose={onClose} /> : <WaitingDetail />;
}

function Shown({ event, onClose }: { event: Schemas["ReadWebhookEvent"]; onClose: () => void }) {
  const t = useTranslations("works");
  const { full } = useClock();
  return (
    <>
      <DetailHead title={event.kind} below={`${event.provider} · ${event.boutique ?? t("nobodys")}`} onClose={onClose}
        actions={<Badge tone={TONES[event.outcome]}>{t(`webhooks.outcomes.${event.outcome}`)}</Badge>} />
      <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-4 wide:p-6">
        <div>
          <p>{t(`webhooks.meaning.${event.outcome}`)}</p>
          <p className="mt-1 text-xs text-soft">{t("webhooks.came", { at: full(event.created_at) })}</p>
          <p className="mt-1 break-all font-mono text-xs text-soft">{event.event_key}</p>
        </div>
        <ReplayOne eventId={event.id} />
        <Replays history={event.history} />
        <Payload eventId={event.id} masked={event.payload} />
      </div>
    </>
  );
}

function ReplayOne({ eventId }: { eventId: number }) {
  const t = useTranslations("works.webhooks");
  const [replayId, setReplayId] = useState<string | null>(null);
  const replay = useReplay();
  const order = useProgress(replayId);
  const lookAgain = useLookAgain();
  const ended = order !== undefined && order.done >= order.events;
  useEffect(() => {
    if (ended) lookAgain();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when it has ended
  }, [ended, replayId]);
  const busy = replay.isPending || (replayId !== null && !ended);
  return (
    <div className="flex flex-col gap-2">
      <Button busy={busy} onClick={() => replay.mutate({ body: { event_id: eventId } }, { onSuccess: ({ id }) => setReplayId(id) })}>{t("replay")}</Button>
      <Refused error={replay.error} />
    </div>
  );
}

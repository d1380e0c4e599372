"use client";

import { useTranslations } from "use-intl";

import { Badge } from "@/components/ui/badge";
import { useSpan } from "@/platform/works/formats";

import { PauseQueue, Resume } from "./pausing";
import { type Queue, useQueueName } from "./words";

/** A queue's numbers, and its brake. */
export function QueueRow({ queue }: { queue: Queue }) {
  const t = useTranslations("works.queues");
  const span = useSpan();
  const state = queue.paused_by ? "paused" : queue.trouble ? "stuck" : "well";
  const tone = { well: "good", paused: "waits", stuck: "risk" } as const;
  const numbers = [
    ["waiting", queue.waiting], ["doing", queue.doing], ["rate", queue.done_per_minute], ["failed", queue.failed_last_hour],
  ] as const;
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex min-h-12 items-center gap-3">
        <QueueName name={queue.name} />
        <Badge tone={tone[state]}>{t(`state.${state}`)}</Badge>
        {queue.paused_by ? <Resume queue={queue.name} /> : <PauseQueue queue={queue.name} />}
      </div>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-1 wide:grid-cols-4">
        {numbers.map(([name, value]) => (
          <div key={name} className="flex flex-col-reverse">
            <dt className="text-xs text-soft">{t(name)}</dt>
            <dd className="text-lg font-semibold tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {queue.paused_by && !queue.trouble && <p className="break-words text-xs text-soft">{t("pausedFor", { reason: queue.pause_reason ?? "" })}</p>}
      {queue.oldest_s !== null && (
        <p className="text-xs text-soft">{t("oldest", { time: span(queue.oldest_s) })} {t("late", { time: span(queue.late_after_s) })}.</p>
      )}
    </li>
  );
}

function QueueName({ name }: { name: string }) {
  return <h3 className="min-w-0 flex-1 font-medium">{useQueueName()(name)} <span className="font-mono text-xs font-normal text-soft">{name}</span></h3>;
}

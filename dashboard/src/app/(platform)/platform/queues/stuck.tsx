"use client";

import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { useSpan } from "@/platform/works/formats";

import { Resume } from "./pausing";
import { type Queue, useQueueName } from "./words";

/** A queue that is stuck: since when, why, and what there is to do. */
export function Stuck({ queue }: { queue: Queue }) {
  const t = useTranslations("works.queues");
  const span = useSpan();
  const nameOf = useQueueName();
  if (!queue.trouble) return null;
  const waits = queue.oldest_s !== null;
  return (
    <section role="status" className="flex flex-col gap-3 rounded-2xl bg-red-soft p-4 text-red">
      <div className="flex items-start gap-3">
        <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0" />
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold">{t("stuck.title", { queue: nameOf(queue.name) })}</h2>
          {waits && <p>{t("stuck.waits", { count: queue.waiting, time: span(queue.oldest_s ?? 0) })}</p>}
          <p className="break-words">{t(`stuck.${queue.trouble}`, { name: queue.name, reason: queue.pause_reason ?? "" })}</p>
        </div>
      </div>
      <div className="flex flex-wrap gap-2 pl-8">
        {queue.paused_by && <Resume queue={queue.name} />}
        <Button asChild look="outline" size="sm">
          <Link href={`/platform/jobs?state=${queue.trouble === "late" ? "stalled" : "waiting"}&queue=${queue.name}`}>{t("seeJobs")}</Link>
        </Button>
      </div>
    </section>
  );
}

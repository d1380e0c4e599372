"use client";

import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { useClock } from "@/platform/works/formats";

import { useQueueName } from "../queues/words";
import type { Job } from "./queries";

export function JobRow({ job, open, onOpen }: { job: Job; open: boolean; onOpen: () => void }) {
  const t = useTranslations("works");
  const { when } = useClock();
  const nameOf = useQueueName();
  return (
    <button type="button" onClick={onOpen} aria-current={open || undefined}
      className={cn("flex min-h-19 w-full flex-col justify-center gap-0.5 px-4 py-2.5 text-left hover:bg-ink/4", open && "bg-green-soft hover:bg-green-soft")}>
      <span className="flex w-full items-baseline gap-3">
        <span className="min-w-0 flex-1 break-words font-mono text-sm font-medium">{job.task}</span>
        {job.at && <span className="shrink-0 text-xs text-soft">{when(job.at)}</span>}
      </span>
      <span className="text-xs text-soft">{nameOf(job.queue)} · {job.boutique ?? t("nobodys")} · {t("jobs.tries", { count: job.attempts })}</span>
      {job.error && <span className="line-clamp-2 break-words text-xs text-red">{job.error}</span>}
    </button>
  );
}

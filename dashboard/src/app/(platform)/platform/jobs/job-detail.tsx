"use client";

import { toast } from "sonner";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Refused } from "@/platform/works/asking";
import { useClock } from "@/platform/works/formats";
import { Json } from "@/platform/works/json";
import { DetailHead, Section } from "@/shell/detail";

import { useQueueName } from "../queues/words";
import { type Job, useCancel, useRetry } from "./queries";

/** A job: its last error, what it was given, and what there is to do. */
export function JobDetail({ job, onClose }: { job: Job; onClose: () => void }) {
  const t = useTranslations("works.jobs");
  const works = useTranslations("works");
  const { full } = useClock();
  const nameOf = useQueueName();
  return (
    <>
      <DetailHead title={<span className="font-mono">{job.task}</span>} below={`${nameOf(job.queue)} · ${job.boutique ?? works("nobodys")}`} onClose={onClose} />
      <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-4 wide:p-6">
        {job.at && <p className="text-soft">{t(`at.${job.state}`, { at: full(job.at) })}, {t("tries", { count: job.attempts })}</p>}
        {job.state !== "waiting" && (
          <Section title={t("error")}><p className="break-words px-4 py-3 font-mono text-sm">{job.error ?? t("noError")}</p></Section>
        )}
        <Section title={t("args")}><Json of={job.args} label={t("args")} /></Section>
        {job.lock && <Section title={t("lock")}><p className="break-all px-4 py-3 font-mono text-xs">{job.lock}</p></Section>}
        <Acts job={job} onDone={onClose} />
      </div>
    </>
  );
}

function Acts({ job, onDone }: { job: Job; onDone: () => void }) {
  const t = useTranslations("works.jobs");
  const retry = useRetry();
  const cancel = useCancel();
  const body = { job_ids: [Number(job.id)] };
  return (
    <div className="flex flex-col gap-2">
      {job.may_be_retried && (
        <Button busy={retry.isPending} onClick={() => retry.mutate({ body }, {
          onSuccess: ({ changed }) => { onDone(); toast.success(t("retried", { count: changed.length })); },
        })}>{t("retry")}</Button>
      )}
      {job.may_be_cancelled && (
        <>
          <Button look="danger" busy={cancel.isPending} onClick={() => cancel.mutate({ body }, {
            onSuccess: ({ changed }) => { onDone(); toast.success(t("stopped", { count: changed.length })); },
          })}>{t("stop")}</Button>
          <p className="text-xs text-soft">{t("stopText")}</p>
        </>
      )}
      <Refused error={retry.error ?? cancel.error} />
    </div>
  );
}

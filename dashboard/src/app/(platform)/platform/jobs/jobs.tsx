"use client";

import { ListChecks, RotateCcw } from "lucide-react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";

import { RowList } from "@/components/rows";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { PlatformHead } from "@/platform/head";
import { Refused } from "@/platform/works/asking";
import { useChoice, useUrl } from "@/shell/url";
import { Split } from "@/shell/page";

import { useQueueName } from "../queues/words";
import { JobDetail } from "./job-detail";
import { JobRow } from "./job-row";
import { STATES, useJobs, useRetry } from "./queries";

const QUEUES = ["payments", "turns", "sending", "alerts", "platform", "clock", "files", "campaigns", "bulk"];
const MOST = 100; // at once

/** The queue's jobs that did not end well, or have not ended. */
export function Jobs() {
  const t = useTranslations("works.jobs");
  const nameOf = useQueueName();
  const { params, change } = useUrl();
  const [state, choose] = useChoice("state", STATES);
  const queue = params.get("queue");
  const found = useJobs(state, queue);
  const id = params.get("id");
  const open = found.rows.find((one) => one.id === id);
  return (
    <Split
      list={
        <>
          <PlatformHead title={t("title")}>
            <div className="flex flex-col gap-2 overflow-hidden">
              <Select aria-label={t("queue")} value={queue ?? ""} onChange={({ target }) => change({ queue: target.value, id: null }, "replace")}>
                <option value="">{t("everyQueue")}</option>
                {QUEUES.map((one) => <option key={one} value={one}>{nameOf(one)}</option>)}
              </Select>
              <Segmented label={t("which")} value={state} onChange={choose} segments={STATES.map((value) => ({ value, label: t(`states.${value}`) }))} />
            </div>
          </PlatformHead>
          <main className="min-h-0 flex-1 overflow-y-auto">
            <RetryAll ids={found.rows.filter((one) => one.may_be_retried).slice(0, MOST).map((one) => Number(one.id))} />
            <RowList of={found} label={t("title")} empty={<Empty picture={<ListChecks aria-hidden />} text={t(`none.${state}`)} />}
              row={(job) => <JobRow job={job} open={job.id === id} onOpen={() => change({ id: job.id })} />} />
          </main>
        </>
      }
      detail={open && <JobDetail key={open.id} job={open} onClose={() => change({ id: null })} />}
      empty={<Empty picture={<ListChecks aria-hidden />} text={t("which")} />}
    />
  );
}

function RetryAll({ ids }: { ids: number[] }) {
  const t = useTranslations("works.jobs");
  const retry = useRetry();
  if (ids.length < 2) return null;
  const run = () => retry.mutate({ body: { job_ids: ids } }, {
    onSuccess: ({ changed }) => toast.success(t("retried", { count: changed.length })),
  });
  return (
    <div className="flex flex-col gap-2 border-b p-3">
      <Button look="outline" busy={retry.isPending} onClick={run}><RotateCcw aria-hidden /> {t("retryAll", { count: ids.length })}</Button>
      <Refused error={retry.error} />
    </div>
  );
}

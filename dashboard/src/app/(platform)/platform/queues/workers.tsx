"use client";

import { useTranslations } from "use-intl";

import { Badge } from "@/components/ui/badge";
import { useSpan } from "@/platform/works/formats";
import { Section } from "@/shell/detail";

import { useQueueName, type Worker } from "./words";

const MOST_JOBS = 12;

/** The workers with their last sign of life, and what each does now. */
export function Workers({ workers }: { workers: Worker[] }) {
  const t = useTranslations("works.queues");
  return (
    <Section title={t("workers")}>
      {workers.length === 0 && <p className="px-4 py-3 text-soft">{t("noWorkers")}</p>}
      <ul className="divide-y">{workers.map((one) => <WorkerRow key={one.id} worker={one} />)}</ul>
    </Section>
  );
}

function WorkerRow({ worker }: { worker: Worker }) {
  const t = useTranslations("works.queues");
  const span = useSpan();
  const nameOf = useQueueName();
  return (
    <li className="flex flex-col gap-1 px-4 py-3">
      <div className="flex items-center gap-3">
        <h3 className="flex-1 font-medium">{t("worker", { id: worker.id })}</h3>
        <Badge tone={worker.alive ? "good" : "risk"}>{t(worker.alive ? "alive" : "silent")}</Badge>
      </div>
      <p className="break-words text-xs text-soft">
        {t("beat", { time: span(worker.heartbeat_age_s) })}
        {worker.host && ` · ${t("of", { host: worker.host, pid: worker.pid ?? 0 })}`}
        {" · "}{worker.queues ? t("takes", { queues: worker.queues.map(nameOf).join(", ") }) : t("takesAll")}
      </p>
      {worker.doing.length === 0 && <p className="text-xs text-soft">{t("idle")}</p>}
      <ul>
        {worker.doing.slice(0, MOST_JOBS).map((job) => (
          <li key={job.id} className="text-xs"><span className="font-mono">{t("does", { task: job.task, time: span(job.for_s ?? 0) })}</span></li>
        ))}
      </ul>
    </li>
  );
}

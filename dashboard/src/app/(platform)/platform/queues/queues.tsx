"use client";

import { CloudOff, Gauge } from "lucide-react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { PlatformHead } from "@/platform/head";
import { useClock } from "@/platform/works/formats";
import { Section } from "@/shell/detail";

import { PhotoModels } from "./photo-models";
import { QueueRow } from "./queue-row";
import { Stuck } from "./stuck";
import { Workers } from "./workers";

const LOOK_MS = 3_000;

/** The queues and workers as they are now, read again every few seconds. */
export function Queues() {
  const t = useTranslations();
  const { second } = useClock();
  const found = api.useQuery("get", "/platform/queues", {}, { refetchInterval: LOOK_MS, retry: false });
  const now = found.data;
  const stuck = now?.queues.filter((one) => one.trouble) ?? [];
  return (
    <>
      <PlatformHead title={t("works.queues.title")} above={now && t("works.asOf", { time: second(now.at) })} />
      <main className="min-h-0 flex-1 overflow-y-auto">
        {found.isPending && <SkeletonRows />}
        {!now && found.isError && (
          <Empty picture={<CloudOff aria-hidden />} text={t("common.noAnswer")}
            action={<Button look="outline" onClick={() => void found.refetch()}>{t("common.retry")}</Button>} />
        )}
        {now && (
          <div className="mx-auto flex max-w-220 flex-col gap-5 p-4 wide:p-6">
            {found.isError && <Notice tone="waits">{t("works.stale", { time: second(now.at) })}</Notice>}
            {stuck.map((one) => <Stuck key={one.name} queue={one} />)}
            {stuck.length === 0 && (
              <p className="flex items-center gap-2 px-1 font-medium text-green-ink">
                <Gauge aria-hidden className="size-5" /> {t("works.queues.well")}
              </p>
            )}
            <Section title={t("works.queues.numbers")}>
              <ul className="divide-y">{now.queues.map((one) => <QueueRow key={one.name} queue={one} />)}</ul>
            </Section>
            <Workers workers={now.workers} />
            <PhotoModels />
          </div>
        )}
      </main>
    </>
  );
}

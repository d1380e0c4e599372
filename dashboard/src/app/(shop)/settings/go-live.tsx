"use client";

import { ChevronRight, CircleCheck, CircleDashed } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";
import { cn } from "@/components/cn";

import { PartPage } from "./part-form";
import { useGoLive } from "./queries";

type Step = Schemas["StepOfGoLive"];

/** Where each step is mended. */
const HREFS: Record<Step["step"], string> = {
  profile: "/settings?part=profile",
  owner_phone: "/settings?part=profile",
  hours: "/settings?part=hours",
  delivery: "/settings?part=zones",
  returns: "/settings?part=returns",
  pieces: "/pieces/add",
  channel: "/settings?part=channel",
  webhook: "/settings?part=channel",
  payments: "/settings?part=mpesa",
  staff: "/settings?part=people",
  alert_templates: "/templates",
};

export function GoLivePart({ onClose }: { onClose: () => void }) {
  const t = useTranslations("live");
  const { data } = useGoLive();
  return (
    <PartPage title={t("title")} text={t(data?.is_complete ? "ready" : "text")} onClose={onClose}>
      {data && <GoLiveSteps list={data} steps={data.steps} />}
    </PartPage>
  );
}

/** What is missing, each a tap from where it is mended. */
export function GoLiveSteps({ list, steps }: { list: Schemas["GoLiveList"]; steps: Step[] }) {
  const t = useTranslations("live");
  return (
    <ul aria-label={t("title")} className="divide-y overflow-hidden rounded-2xl border bg-surface">
      {steps.map((step) => {
        const why = `why.${step.why}` as never;
        return (
          <li key={step.step}>
            <Link href={HREFS[step.step]}
              className="flex min-h-16 items-center gap-3 px-4 py-2 transition-colors hover:bg-ink/4 focus-visible:-outline-offset-2">
              {step.done
                ? <CircleCheck aria-hidden className="size-6 shrink-0 text-green-ink" />
                : <CircleDashed aria-hidden className={cn("size-6 shrink-0", step.optional ? "text-soft" : "text-amber")} />}
              <span className="min-w-0 flex-1">
                <span className={cn("block font-medium", step.done && "text-soft")}>{t(`steps.${step.step}`)}</span>
                <span className="block text-xs text-soft">
                  {step.done ? t("done")
                    : step.optional && !t.has(why) ? t("optional")
                    : step.why === "too_few" ? t("pieces", { count: list.pieces, least: list.least_pieces })
                    : t.has(why) ? t(why) : t("why.other")}
                </span>
              </span>
              {!step.done && <ChevronRight aria-hidden className="size-5 shrink-0 text-soft" />}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

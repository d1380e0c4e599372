"use client";

import { CloudOff } from "lucide-react";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";

import { useFormats } from "./formats";
import { useToday } from "./waiting";

const ONCE = 1; // a call that came through at the second try is not worth a word

/** Says that what is shown is not of now, from when the line is lost until it is back. */
export function Offline() {
  const t = useTranslations();
  const { when } = useFormats();
  const { dataUpdatedAt, failureCount, failureReason, fetchStatus } = useToday();
  const lost = fetchStatus === "paused" || (failureCount > ONCE && !isProblem(failureReason));
  if (!lost) return null;
  return (
    <p role="status" data-waiting className="flex shrink-0 items-center gap-2 bg-amber-soft px-4 pb-2 pt-[max(0.5rem,env(safe-area-inset-top))] text-xs text-amber">
      <CloudOff aria-hidden className="size-4 shrink-0" />
      {dataUpdatedAt === 0 ? t("auth.offlineError") : t("common.offline", { time: when(new Date(dataUpdatedAt).toISOString()) })}
    </p>
  );
}

"use client";

import { useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";

export type Queue = Schemas["PlatformQueue"];
export type Worker = Schemas["PlatformWorker"];

const NAMES = ["payments", "turns", "sending", "alerts", "platform", "clock", "files", "campaigns", "bulk"] as const;

/** A queue's name as people say it; one of another version keeps its own. */
export function useQueueName(): (name: string) => string {
  const t = useTranslations("works.queues.names");
  return (name) => {
    const known = NAMES.find((one) => one === name);
    return known ? t(known) : name;
  };
}

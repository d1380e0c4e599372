"use client";

import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Badge, type Tone } from "@/components/ui/badge";
import { useClock } from "@/platform/works/formats";

import type { Event, Outcome } from "./queries";

export const TONES: Record<Outcome, Tone> = {
  handled: "good", stored: "waits", ignored: "plain", unreadable: "risk", unmatched: "risk", unconfirmed: "waits", unknown_number: "waits",
};

export function EventRow({ event, open, onOpen }: { event: Event; open: boolean; onOpen: () => void }) {
  const t = useTranslations("works");
  const { when } = useClock();
  return (
    <button type="button" onClick={onOpen} aria-current={open || undefined}
      className={cn("flex min-h-19 w-full flex-col justify-center gap-1 px-4 py-2.5 text-left hover:bg-ink/4", open && "bg-green-soft hover:bg-green-soft")}>
      <span className="flex w-full items-baseline gap-3">
        <span className="min-w-0 flex-1 break-words font-medium">{event.kind} <span className="text-xs font-normal text-soft">{event.provider}</span></span>
        <span className="shrink-0 text-xs text-soft">{when(event.created_at)}</span>
      </span>
      <span className="flex w-full flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1 truncate text-xs text-soft">{event.boutique ?? t("nobodys")}</span>
        <Badge tone={TONES[event.outcome]}>{t(`webhooks.outcomes.${event.outcome}`)}</Badge>
      </span>
    </button>
  );
}

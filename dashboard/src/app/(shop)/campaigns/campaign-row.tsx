"use client";

import { CalendarClock, CircleCheck, CircleX, Megaphone, Pause, PencilLine, Repeat, Send } from "lucide-react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Badge } from "@/components/ui/badge";
import { Row } from "@/components/ui/row";
import { useFormats } from "@/shell/formats";

import type { Campaign, Status, Summary } from "./queries";
import { doneOf, isBegun, isLive, toneOf } from "./status";

const ICONS: Record<Status, typeof Send> = {
  draft: PencilLine, scheduled: CalendarClock, sending: Send, paused: Pause, missed: CalendarClock,
  completed: CircleCheck, cancelled: CircleX, failed: CircleX,
};

/** A campaign: its name and what it sold, when, to how many, and how far it is. */
export function CampaignRow(props: { campaign: Campaign; summary?: Summary; open?: boolean; onOpen: () => void }) {
  const t = useTranslations("campaigns");
  const { money, when, full } = useFormats();
  const { campaign, summary } = props;
  const { status } = campaign;
  const Icon = campaign.schedule.kind === "recurring" && status === "scheduled" ? Repeat : (ICONS[status] ?? Megaphone);
  const at = campaign.started_at ?? campaign.next_at;
  const told = isBegun(status) && summary
    ? t("sentTo", { count: summary.recipients })
    : status === "scheduled" && at ? full(at) : t("written", { when: when(campaign.created_at) });
  return (
    <div className="relative">
      <Row
        open={props.open}
        onOpen={props.onOpen}
        before={
          <span className={cn("grid size-12 shrink-0 place-items-center rounded-xl",
            isLive(status) || status === "scheduled" ? "bg-green-soft text-green-ink" : "bg-sunk text-soft")}>
            <Icon aria-hidden className="size-5" />
          </span>
        }
        title={campaign.name}
        aside={summary && summary.revenue_minor > 0
          ? <span className="font-medium text-green-ink">{money(summary.revenue_minor)}</span> : undefined}
        below={<>{campaign.started_at && `${when(campaign.started_at)} · `}{told}</>}
        belowAside={<Badge tone={toneOf(status)}>{t(`status.${status}`)}</Badge>}
      />
      {isLive(status) && summary && (
        <span aria-hidden className="absolute inset-x-4 bottom-0 h-1 overflow-hidden rounded-full bg-sunk">
          <span className={cn("block h-full rounded-full transition-[width] duration-500", status === "paused" ? "bg-amber-dot" : "bg-green")}
            style={{ width: `${Math.round(doneOf(summary) * 100)}%` }} />
        </span>
      )}
    </div>
  );
}

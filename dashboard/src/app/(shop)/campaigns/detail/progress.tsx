"use client";

import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { useBoutique } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

import { type Campaign, useStats } from "../queries";
import { isLive } from "../status";
import { finishOf, opensAt } from "./finish";

const PARTS = [
  { name: "read", colour: "bg-green" },
  { name: "delivered", colour: "bg-green/60" },
  { name: "sent", colour: "bg-green/30" },
  { name: "failed", colour: "bg-red" },
  { name: "unknown", colour: "bg-amber-dot" },
  { name: "skipped", colour: "bg-line-strong" },
] as const;

/** How far it has come: who waits, who has it, and when the last one leaves. */
export function Progress({ campaign }: { campaign: Campaign }) {
  const t = useTranslations("campaigns.progress");
  const { full } = useFormats();
  const { timezone } = useBoutique();
  const total = useStats(campaign.id).data?.total;
  if (!total) return <div aria-busy="true"><Skeleton className="h-36 rounded-2xl" /></div>;
  const counts = {
    read: total.read, delivered: total.delivered - total.read, sent: total.accepted - total.delivered - total.failed > 0 ? total.accepted - total.delivered - total.failed : 0,
    failed: total.failed, unknown: total.unknown, skipped: total.skipped,
  };
  const handled = total.recipients - total.planned;
  const opens = total.planned > 0 ? opensAt(campaign.pace, timezone) : null;
  const ends = campaign.status === "sending" ? finishOf(total.planned, campaign.pace.per_minute) : null;
  return (
    <section aria-label={t("title")} className="rounded-2xl border bg-surface p-4">
      <p className="flex items-baseline gap-2">
        <span className="text-2xl font-semibold tracking-tight">{handled.toLocaleString("en-KE")}</span>
        <span className="text-soft">{t("of", { count: total.recipients })}</span>
      </p>
      <div role="progressbar" aria-label={t("title")} aria-valuemin={0} aria-valuemax={total.recipients} aria-valuenow={handled}
        className="mt-3 flex h-3 gap-px overflow-hidden rounded-full bg-ink/10">
        {PARTS.map((part) => counts[part.name] > 0 && (
          <span key={part.name} className={cn("h-full transition-[width] duration-500", part.colour)} style={{ width: `${(counts[part.name] / Math.max(1, total.recipients)) * 100}%` }} />
        ))}
      </div>
      <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-xs text-soft">
        {PARTS.map((part) => counts[part.name] > 0 && (
          <li key={part.name} className="flex items-center gap-1.5">
            <span aria-hidden className={cn("size-2.5 rounded-full", part.colour)} /> {t(part.name)} <b className="font-semibold text-ink">{counts[part.name].toLocaleString("en-KE")}</b>
          </li>
        ))}
        {total.planned > 0 && <li>{t("waiting")} <b className="font-semibold text-ink">{total.planned.toLocaleString("en-KE")}</b></li>}
      </ul>
      {isLive(campaign.status) && (
        <p className="mt-3 border-t pt-3 text-soft">
          {campaign.status === "paused" ? t("paused") : opens ? t("closed", { at: full(opens) }) : ends ? t("rate", { count: campaign.pace.per_minute, at: full(ends) }) : t("lastOnes")}
        </p>
      )}
    </section>
  );
}

"use client";

import { UsersRound } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { PAGING, rowsOf } from "@/api/pages";
import { RowList } from "@/components/rows";
import { Badge, type Tone } from "@/components/ui/badge";
import { Empty } from "@/components/ui/empty";
import { Segmented } from "@/components/ui/segmented";
import { useBoutiquePath } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";
import { EVERY_S } from "@/shell/live";

import type { Campaign } from "../queries";
import { useReason } from "./use-reason";

const STATES = ["all", "planned", "accepted", "sent", "delivered", "read", "failed", "skipped", "unknown"] as const;
type Shown = (typeof STATES)[number];
const TONES: Partial<Record<string, Tone>> = { read: "good", delivered: "good", failed: "risk", unknown: "waits" };

/** Each customer it was meant for, and how far her message came. */
export function Recipients({ campaign }: { campaign: Campaign }) {
  const t = useTranslations("campaigns.recipients");
  const path = useBoutiquePath();
  const { when } = useFormats();
  const said = useReason();
  const [state, choose] = useState<Shown>("all");
  const read = api.useInfiniteQuery("get", "/boutiques/{boutique_id}/campaigns/{campaign_id}/recipients",
    { params: { path: { ...path, campaign_id: campaign.id }, query: state === "all" ? {} : { state } } },
    { ...PAGING, refetchInterval: EVERY_S * 1000 });
  const counts = read.data?.pages[0]?.counts ?? {};
  const rows = rowsOf(read);
  return (
    <section aria-label={t("title")} className="overflow-hidden rounded-2xl border bg-surface">
      <div className="border-b px-4 py-2">
        <Segmented label={t("filter")} value={state} onChange={choose} segments={STATES.map((value) => ({ value, label: t(`state.${value}`), count: value === "all" ? undefined : counts[value] }))} />
      </div>
      <RowList of={rows} label={t("title")}
        row={(one) => (
          <div className="flex min-h-16 items-center gap-3 px-4 py-2.5">
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">
                {one.masked}
                {one.variant && <span className="text-xs text-soft"> · {one.variant.toUpperCase()}</span>}
              </p>
              <p className="truncate text-xs text-soft">
                {one.reason ? said(one.reason) : when(one.read_at ?? one.delivered_at ?? one.sent_at ?? one.accepted_at ?? one.due_at)}
              </p>
            </div>
            <Badge tone={TONES[one.state]}>{t(`state.${one.state}`)}</Badge>
          </div>
        )}
        empty={<Empty picture={<UsersRound aria-hidden />} text={t("none")} />} />
    </section>
  );
}

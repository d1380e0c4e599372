"use client";

import { UsersRound } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { PAGING, rowsOf } from "@/api/pages";
import { RowList } from "@/components/rows";
import { Empty } from "@/components/ui/empty";
import { Segmented } from "@/components/ui/segmented";
import { useBoutiquePath } from "@/shell/boutique";
import { EVERY_S } from "@/shell/live";

import { type Campaign, useStats } from "../queries";
import { RecipientRow } from "./recipient-row";

const STATES = ["planned", "accepted", "sent", "delivered", "read", "failed", "skipped", "unknown"] as const;
const DEEDS = ["clicked", "replied", "converted", "opted_out"] as const;
const SHOWN = ["all", "planned", "accepted", "sent", "delivered", "read", ...DEEDS, "failed", "skipped", "unknown"] as const;
type Shown = (typeof SHOWN)[number];

/** What is asked of the API: of a state, or of who did something. */
function queryOf(shown: Shown) {
  const state = STATES.find((one) => one === shown);
  const did = DEEDS.find((one) => one === shown);
  return { ...(state && { state }), ...(did && { did }) };
}

/** Each customer it was meant for, and how far her message came. */
export function Recipients({ campaign }: { campaign: Campaign }) {
  const t = useTranslations("campaigns.recipients");
  const path = useBoutiquePath();
  const [shown, choose] = useState<Shown>("all");
  const [open, setOpen] = useState<string | null>(null);
  const total = useStats(campaign.id).data?.total;
  const read = api.useInfiniteQuery("get", "/boutiques/{boutique_id}/campaigns/{campaign_id}/recipients",
    { params: { path: { ...path, campaign_id: campaign.id }, query: queryOf(shown) } },
    { ...PAGING, refetchInterval: EVERY_S * 1000 });
  const counts = read.data?.pages[0]?.counts ?? {};
  const deeds = total && { clicked: total.clicked, replied: total.replied, converted: total.converted, opted_out: total.opted_out };
  const countOf = (one: Shown) => (one === "all" ? undefined : deeds?.[one as keyof typeof deeds] ?? counts[one as keyof typeof counts]);
  return (
    <section aria-label={t("title")} className="overflow-hidden rounded-2xl border bg-surface">
      <div className="border-b px-4 py-2">
        <Segmented label={t("filter")} value={shown} onChange={choose}
          segments={SHOWN.filter((one) => one === "all" || one === shown || (countOf(one) ?? 0) > 0).map((value) => ({ value, label: t(`state.${value}`), count: countOf(value) }))} />
      </div>
      <RowList of={rowsOf(read)} label={t("title")}
        row={(one) => <RecipientRow recipient={one} open={open === one.id} onToggle={() => setOpen(open === one.id ? null : one.id)} />}
        empty={<Empty picture={<UsersRound aria-hidden />} text={t("none")} />} />
    </section>
  );
}

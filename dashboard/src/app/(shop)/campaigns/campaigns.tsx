"use client";

import { Megaphone, Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { RowList } from "@/components/rows";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Segmented } from "@/components/ui/segmented";
import { useBoutique } from "@/shell/boutique";
import { PageHead, Split } from "@/shell/page";
import { useChoice, useUrl } from "@/shell/url";

import { CampaignRow } from "./campaign-row";
import { CampaignDetail } from "./detail/campaign-detail";
import { FirstCampaign } from "./first-campaign";
import { FILTERS, useCampaigns, useSummaries } from "./queries";
import { Ways } from "./ways";

export function Campaigns() {
  const t = useTranslations("campaigns");
  const { role } = useBoutique();
  const { params, change } = useUrl();
  const [filter, choose] = useChoice("filter", FILTERS);
  const id = params.get("id");
  const campaigns = useCampaigns(filter);
  const summaries = useSummaries();
  const owner = role === "owner";
  return (
    <Split
      list={
        <>
          <PageHead title={t("title")}
            actions={owner && (
              <Button asChild size="sm" className="max-sm:size-11 max-sm:px-0">
                <Link href="/campaigns/write"><Plus aria-hidden /> <span className="max-sm:sr-only">{t("new")}</span></Link>
              </Button>
            )}>
            <Segmented label={t("filter")} value={filter} onChange={choose}
              segments={FILTERS.map((value) => ({ value, label: t(`filters.${value}`) }))} />
          </PageHead>
          <main className="min-h-0 flex-1 overflow-y-auto">
            <Ways />
            <RowList
              of={campaigns}
              label={t("title")}
              row={(campaign) => (
                <CampaignRow campaign={campaign} summary={summaries.get(campaign.id)} open={campaign.id === id}
                  onOpen={() => change({ id: campaign.id })} />
              )}
              empty={filter === "all"
                ? <FirstCampaign mayWrite={owner} />
                : <Empty picture={<Megaphone aria-hidden />} text={t("noneHere")} />}
            />
          </main>
        </>
      }
      detail={id && <CampaignDetail key={id} id={id} onClose={() => change({ id: null })} />}
      empty={<Empty picture={<Megaphone aria-hidden />} text={t("choose")} />}
    />
  );
}

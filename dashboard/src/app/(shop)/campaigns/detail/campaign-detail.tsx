"use client";

import { useTranslations } from "use-intl";

import { Badge } from "@/components/ui/badge";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { DetailHead } from "@/shell/detail";
import { useFormats } from "@/shell/formats";
import { useUrl } from "@/shell/url";

import { type Campaign, useCampaign } from "../queries";
import { isBegun, toneOf } from "../status";
import { CampaignActions } from "./campaign-actions";
import { CampaignMore } from "./campaign-more";
import { Progress } from "./progress";
import { Recipients } from "./recipients";
import { Results } from "./results";
import { WhatWasWritten } from "./what-was-written";

const VIEWS = ["results", "recipients", "written"] as const;

export function CampaignDetail({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations("campaigns");
  const { data, error } = useCampaign(id);
  const { full } = useFormats();
  if (!data) {
    return (
      <>
        <DetailHead title={t("campaign")} onClose={onClose} />
        <div className="space-y-4 p-5">
          {error ? <p role="alert">{t("gone")}</p> : [0, 1, 2].map((n) => <Skeleton key={n} className="h-28 rounded-2xl" />)}
        </div>
      </>
    );
  }
  const { campaign } = data;
  const at = campaign.started_at ?? campaign.next_at;
  return (
    <>
      <DetailHead title={campaign.name} onClose={onClose}
        below={
          <span className="flex items-center gap-2">
            <Badge tone={toneOf(campaign.status)}>{t(`status.${campaign.status}`)}</Badge>
            <span className="min-w-0 truncate">{at ? full(at) : t("written", { when: full(campaign.created_at) })}</span>
          </span>
        }
        actions={<CampaignMore campaign={campaign} onGone={onClose} />} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-5 p-4 wide:p-6">
          <Why campaign={campaign} />
          {isBegun(campaign.status) || campaign.started_at ? <Begun campaign={campaign} /> : <WhatWasWritten campaign={campaign} />}
        </div>
      </div>
      <CampaignActions campaign={campaign} />
    </>
  );
}

function Begun({ campaign }: { campaign: Campaign }) {
  const t = useTranslations("campaigns");
  const { params, change } = useUrl();
  const asked = params.get("view");
  const view = VIEWS.find((one) => one === asked) ?? "results";
  return (
    <>
      <Progress campaign={campaign} />
      <div className="px-4">
        <Segmented label={t("view")} value={view} onChange={(next) => change({ view: next === "results" ? null : next }, "replace")}
          segments={VIEWS.map((value) => ({ value, label: t(`views.${value}`) }))} />
      </div>
      {view === "results" && <Results campaign={campaign} />}
      {view === "recipients" && <Recipients campaign={campaign} />}
      {view === "written" && <WhatWasWritten campaign={campaign} />}
    </>
  );
}

/** Why it stands still, in words. */
function Why({ campaign }: { campaign: Campaign }) {
  const t = useTranslations("campaigns");
  const reason = campaign.status_reason;
  if (campaign.status === "missed") return <Notice tone="waits">{t("missedText")}</Notice>;
  if (!reason) return null;
  const said = t.has(`reason.${reason}` as never) ? t(`reason.${reason}` as never) : t("reasonCode", { code: reason });
  return <Notice tone={campaign.status === "failed" ? "risk" : "waits"}>{said}</Notice>;
}

"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormats } from "@/shell/formats";

import { useCampaigns, useSummaries, type Written } from "../../queries";
import { RadioRow } from "./radio-row";

type Chosen = Extract<Written["audience"], { kind: "campaign" }>;
const ANSWERS = ["yes", "no"] as const;

/** Those who opened or answered an earlier campaign, or who did not. */
export function EarlierCampaign(props: { own: string; chosen: Chosen | null; onChoose: (chosen: Chosen) => void }) {
  const t = useTranslations("campaigns.earlier");
  const { when } = useFormats();
  const campaigns = useCampaigns("over");
  const summaries = useSummaries();
  const [responded, setResponded] = useState(props.chosen?.responded ?? true);
  if (campaigns.loading) return <Skeleton className="h-14 rounded-xl" />;
  const earlier = campaigns.rows.filter((one) => one.id !== props.own && one.started_at);
  if (earlier.length === 0) return <p className="text-soft">{t("none")}</p>;
  return (
    <>
      <Segmented label={t("which")} value={responded ? "yes" : "no"}
        onChange={(answer) => {
          setResponded(answer === "yes");
          if (props.chosen) props.onChoose({ ...props.chosen, responded: answer === "yes" });
        }}
        segments={ANSWERS.map((value) => ({ value, label: t(value) }))} />
      <div role="radiogroup" aria-label={t("title")}>
        {earlier.map((one) => (
          <RadioRow key={one.id} group="earlier" name={one.name} chosen={one.id === props.chosen?.campaign_id}
            text={one.started_at ? when(one.started_at) : undefined}
            aside={t("recipients", { count: summaries.get(one.id)?.recipients ?? 0 })}
            onChoose={() => props.onChoose({ kind: "campaign", campaign_id: one.id, responded })} />
        ))}
      </div>
    </>
  );
}

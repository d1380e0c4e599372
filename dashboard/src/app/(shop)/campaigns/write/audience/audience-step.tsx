"use client";

import { FileSpreadsheet, Filter, ListChecks, RotateCcw, UserRoundCheck, UsersRound } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Notice } from "@/components/ui/notice";

import type { Written } from "../../queries";
import { ChoiceCard } from "../choice-card";
import type { Writing } from "../use-writing";
import { ByHand } from "./by-hand";
import { EarlierCampaign } from "./earlier-campaign";
import { FileOfCustomers } from "./file-of-customers";
import { ListOfCustomers } from "./list-of-customers";
import { SegmentChoice } from "./segment-choice";

const WAYS = [
  { name: "all", icon: UsersRound },
  { name: "segment", icon: Filter },
  { name: "hand", icon: UserRoundCheck },
  { name: "list", icon: ListChecks },
  { name: "file", icon: FileSpreadsheet },
  { name: "campaign", icon: RotateCcw },
] as const;
type Way = (typeof WAYS)[number]["name"];

/** To whom: a way is chosen first, and counts once it says whom it means. */
export function AudienceStep({ writing, written }: { writing: Writing; written: Written }) {
  const t = useTranslations("campaigns.write.audience");
  const { audience } = written;
  const [way, setWay] = useState<Way>(audience.kind);
  const choose = (chosen: Way) => {
    setWay(chosen);
    if (chosen === "all") writing.change({ audience: { kind: "all" } });
  };
  const set = (next: Written["audience"]) => writing.change({ audience: next });
  const unsaid = way !== "file" && way !== audience.kind && !(way === "hand" && audience.kind === "list");
  return (
    <>
      <fieldset className="flex flex-col gap-3">
        <legend className="sr-only">{t("title")}</legend>
        {WAYS.map(({ name, icon: Icon }) => (
          <ChoiceCard key={name} group="audience" chosen={way === name} onChoose={() => choose(name)}
            icon={<Icon aria-hidden />} name={t(`way.${name}`)} text={t(`wayText.${name}`)}>
            {name === "segment" && <SegmentChoice chosen={audience.kind === "segment" ? audience.segment_id : null}
              onChoose={(segment_id) => set({ kind: "segment", segment_id })} />}
            {name === "hand" && <ByHand campaign={written.name} listId={audience.kind === "list" ? audience.list_id : null}
              onChoose={(list_id) => set({ kind: "list", list_id })} />}
            {name === "list" && <ListOfCustomers chosen={audience.kind === "list" ? audience.list_id : null}
              onChoose={(list_id) => set({ kind: "list", list_id })} />}
            {name === "file" && <FileOfCustomers campaign={written.name}
              onUploaded={(list_id) => set({ kind: "list", list_id })} />}
            {name === "campaign" && <EarlierCampaign own={writing.id} chosen={audience.kind === "campaign" ? audience : null} onChoose={set} />}
          </ChoiceCard>
        ))}
      </fieldset>
      {unsaid && <Notice tone="waits">{t(`unsaid.${way as "segment" | "hand" | "list" | "campaign"}`)}</Notice>}
    </>
  );
}

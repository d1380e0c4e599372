"use client";

import { useTranslations } from "use-intl";

import { Section } from "@/shell/detail";

import type { Campaign } from "../queries";
import { useSaid } from "../use-said";

/** The campaign as its owner decided it, in words. */
export function WhatWasWritten({ campaign }: { campaign: Campaign }) {
  const t = useTranslations("campaigns.write.review");
  const said = useSaid();
  const lines = [
    [t("message"), `${campaign.message.template.replaceAll("_", " ")} · ${t(`language.${campaign.message.language}`)}`],
    [t("audience"), said.audience(campaign.audience)],
    [t("pieces"), campaign.pieces.length > 0 ? t("pool", { count: campaign.pieces.length }) : t("wholeShop")],
    [t("when"), said.schedule(campaign.schedule)],
    [t("pace"), said.pace(campaign.pace)],
  ];
  return (
    <Section title={t("all")}>
      <dl className="divide-y">
        {lines.map(([name, told]) => (
          <div key={name} className="px-4 py-3">
            <dt className="text-xs text-soft">{name}</dt>
            <dd className="first-letter:uppercase">{told}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

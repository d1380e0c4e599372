"use client";

import { Sparkles, TrendingUp, Wand } from "lucide-react";
import { useTranslations } from "use-intl";

import { useFormats } from "@/shell/formats";

import type { Sample, Written } from "../queries";
import { useCollage } from "./use-collage";
import { useTemplates } from "./use-templates";
import { WhatsApp } from "./whatsapp";

/** The whole message that a customer would get, and why these pieces. */
export function SampleMessage({ customer, message }: { customer: Sample; message: Written["message"] }) {
  const t = useTranslations("campaigns.sample");
  const { groups } = useTemplates();
  const collage = useCollage(customer.pieces.map((piece) => piece.product_id));
  const group = groups?.find((one) => one.name === message.template);
  const language = message.language === "customer" ? "en" : message.language;
  const template = group && (group.byLanguage[language] ?? group.first);
  return (
    <div className="flex flex-col gap-4">
      {template
        ? <WhatsApp form={template.form} values={customer.variables} picture={collage} label={t("message", { name: customer.name ?? t("noName") })} />
        : collage && <img src={collage} alt="" className="aspect-[3/2] w-full rounded-2xl object-cover" />}
      <ol className="flex flex-col gap-3">
        {customer.pieces.map((piece, index) => <Why key={piece.product_id} piece={piece} number={index + 1} />)}
      </ol>
    </div>
  );
}

const KINDS = { match: Wand, trending: TrendingUp, new: Sparkles };

function Why({ piece, number }: { piece: Sample["pieces"][number]; number: number }) {
  const t = useTranslations("campaigns.sample");
  const { money } = useFormats();
  const Icon = KINDS[piece.kind];
  // The two that gave most say it; what gave next to nothing is no reason.
  const why = piece.factors.filter((one) => one.share >= 0.4).sort((one, other) => other.points - one.points).slice(0, 2);
  return (
    <li className="flex items-start gap-3">
      <span className="grid size-7 shrink-0 place-items-center rounded-full bg-ink text-xs font-semibold text-paper">{number}</span>
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate font-medium">{piece.name}</span>
          <span className="text-xs text-soft">{money(piece.price_minor)}</span>
        </span>
        <span className="mt-0.5 flex flex-wrap items-center gap-x-2 text-xs text-soft">
          <span className="flex items-center gap-1 text-green-ink"><Icon aria-hidden className="size-3.5" /> {t(`kind.${piece.kind}`)}</span>
          {piece.kind === "match" && <span>{t("score", { share: Math.round((piece.score / piece.most) * 100) })}</span>}
          {piece.kind === "match" && why.length > 0 && <span>{why.map((one) => t(`factor.${one.name}`)).join(", ")}</span>}
          {!piece.in_her_size && <span className="text-amber">{t("notHerSize")}</span>}
        </span>
      </span>
    </li>
  );
}

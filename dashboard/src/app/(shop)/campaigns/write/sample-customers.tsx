"use client";

import { ChevronDown, Sparkles, TrendingUp, Wand } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormats } from "@/shell/formats";

import type { Preview, Sample, Written } from "../queries";
import { useCollage } from "./use-collage";
import { useTemplates } from "./use-templates";
import { WhatsApp } from "./whatsapp";

/** Ten real customers, drawn by lot: the message that each would get, and why these pieces. */
export function SampleCustomers({ id, preview, message }: { id: string; preview: Preview | undefined; message: Written["message"] }) {
  const t = useTranslations("campaigns.sample");
  const [open, setOpen] = useState<string | null>(null);
  if (!preview) return <Skeleton className="h-40 rounded-2xl" />;
  if (preview.sample.length === 0) return <p className="rounded-2xl border border-dashed p-6 text-center text-soft">{t("none")}</p>;
  return (
    <section aria-labelledby={`sample-${id}`}>
      <h3 id={`sample-${id}`} className="mb-2 px-1 text-xs font-medium text-soft">{t("title", { count: preview.sample.length })}</h3>
      <ul className="divide-y overflow-hidden rounded-2xl border bg-surface">
        {preview.sample.map((one) => {
          const shown = one.customer_id === open;
          return (
            <li key={one.customer_id}>
              <button type="button" aria-expanded={shown} onClick={() => setOpen(shown ? null : one.customer_id)}
                className="flex min-h-16 w-full items-center gap-3 px-4 py-2.5 text-left hover:bg-ink/4 focus-visible:-outline-offset-2">
                <Avatar name={one.name ?? "?"} className="size-10" />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{one.name ?? t("noName")}</span>
                  <span className="block truncate text-xs text-soft">{one.pieces.map((piece) => piece.name).join(", ")}</span>
                </span>
                {one.variant && <Badge>{one.variant}</Badge>}
                <ChevronDown aria-hidden className={cn("size-5 text-soft transition-transform duration-150", shown && "rotate-180")} />
              </button>
              {shown && <Shown customer={one} message={message} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Shown({ customer, message }: { customer: Sample; message: Written["message"] }) {
  const t = useTranslations("campaigns.sample");
  const { groups } = useTemplates();
  const collage = useCollage(customer.pieces.map((piece) => piece.product_id));
  const group = groups?.find((one) => one.name === message.template);
  const language = message.language === "customer" ? "en" : message.language;
  const template = group && (group.byLanguage[language] ?? group.first);
  return (
    <div className="flex flex-col gap-4 bg-paper px-4 pb-4 pt-2">
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

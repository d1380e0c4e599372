"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { WithAllWords } from "@/i18n";
import { Skeleton } from "@/components/ui/skeleton";
import { Section } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import { CostSheet, useCost } from "./cost-sheet";

type Piece = { id: string; name: string; price_minor: number };

/** What the piece costs the shop, which its owners alone see. */
export function Cost({ piece }: { piece: Piece }) {
  return <WithAllWords waiting={<Skeleton className="h-20 rounded-2xl" />}><Shown piece={piece} /></WithAllWords>;
}

function Shown({ piece }: { piece: Piece }) {
  const t = useTranslations("margin");
  const { money } = useFormats();
  const costs = useCost(piece.id);
  const [editing, setEditing] = useState(false);
  const cost = costs?.cost_minor ?? null;
  return (
    <Section title={t("costTitle")}>
      <button type="button" onClick={() => setEditing(true)} className="flex min-h-14 w-full items-center gap-3 px-4 py-3 text-left hover:bg-ink/4">
        <span className="min-w-0 flex-1">
          <span className="block font-medium">{costs ? (cost === null ? t("noCostYet") : money(cost)) : "…"}</span>
          {cost !== null && <span className="block text-xs text-soft">{t("each", { sum: money(piece.price_minor - cost) })}</span>}
        </span>
        <ChevronRight aria-hidden className="size-5 text-soft" />
      </button>
      {editing && <CostSheet productId={piece.id} name={piece.name} always={cost === null} onClose={() => setEditing(false)} />}
    </Section>
  );
}

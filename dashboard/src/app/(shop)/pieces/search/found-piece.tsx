"use client";

import { Check, X } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";
import { Picture } from "@/components/picture";
import { useFormats } from "@/shell/formats";

/** A piece that was found: how far it is what was asked for, and why. */
export function FoundPiece({ piece }: { piece: Schemas["FoundPiece"] }) {
  const t = useTranslations("searchTester");
  const format = useFormatter();
  const { money } = useFormats();
  const share = format.number(piece.score, { style: "percent", maximumFractionDigits: 0 });
  return (
    <li>
      <Link href={`/pieces?id=${piece.product_id}`} className="flex gap-3 p-4 transition-colors hover:bg-ink/4 focus-visible:-outline-offset-2">
        <Picture url={piece.picture_url} className="h-20 w-16" />
        <div className="min-w-0 flex-1">
          <p className="flex items-baseline gap-2">
            <span className="min-w-0 flex-1 truncate font-medium">{piece.number}. {piece.name}</span>
            <span className="tabular-nums">{money(piece.price_minor)}</span>
          </p>
          <div role="meter" aria-label={t("score")} aria-valuenow={Math.round(piece.score * 100)} aria-valuemin={0} aria-valuemax={100}
            className="mt-2 flex items-center gap-2 text-xs text-soft">
            <span aria-hidden className="h-1.5 flex-1 overflow-hidden rounded-full bg-ink/10">
              <span className="block h-full rounded-full bg-green" style={{ width: `${piece.score * 100}%` }} />
            </span>
            {share}
          </div>
          <ul className="mt-2 flex flex-wrap gap-x-3 gap-y-1 text-xs text-soft">
            {piece.reasons.map((reason) => (
              <li key={reason.field} className="flex items-center gap-1">
                {reason.met ? <Check aria-label={t("met")} className="size-3.5 text-green-ink" /> : <X aria-label={t("unmet")} className="size-3.5 text-amber" />}
                {reason.text}
              </li>
            ))}
          </ul>
        </div>
      </Link>
    </li>
  );
}

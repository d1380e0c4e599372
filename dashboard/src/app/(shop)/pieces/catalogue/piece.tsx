"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";

import { Picture } from "@/components/picture";
import { Badge } from "@/components/ui/badge";
import { useWords } from "@/components/words";

import { Differences } from "./differences";
import type { Item, Piece } from "./queries";
import { reasonsOf } from "./reasons";

/** A piece with its colours and sizes; under it what is refused or differs, with what to do. */
export function CataloguePiece({ piece, currency }: { piece: Piece; currency: string }) {
  const t = useTranslations("catalogue");
  const drifted = piece.items.filter((item) => item.drift.length > 0);
  const rejected = piece.items.filter((item) => item.review === "rejected");
  return (
    <article className="flex flex-col gap-3 p-4">
      <div className="flex items-center gap-3">
        <Picture url={piece.picture_url} srcset={null} className="h-14 w-12" />
        <div className="min-w-0 flex-1">
          <Link href={`/pieces?id=${piece.product_id}`} className="block truncate font-medium hover:underline">{piece.name}</Link>
          <p className="truncate text-xs text-soft">{piece.sku} · {t("sizes", { count: piece.items.length })}</p>
        </div>
        <Standing items={piece.items} active={piece.active} />
      </div>
      {rejected.length > 0 && <Refused items={rejected} all={piece.items.length} productId={piece.product_id} />}
      {drifted.length > 0 && <Differences piece={piece} items={drifted} currency={currency} />}
    </article>
  );
}

/** The state that matters most of all its colours and sizes. */
function Standing({ items, active }: { items: Item[]; active: boolean }) {
  const t = useTranslations("catalogue.standings");
  if (items.some((item) => item.review === "rejected")) return <Badge tone="risk">{t("rejected")}</Badge>;
  if (items.some((item) => item.drift.length > 0)) return <Badge tone="waits">{t("drifted")}</Badge>;
  if (!active) return <Badge>{t("removed")}</Badge>;
  if (items.some((item) => item.waiting)) return <Badge tone="waits">{t("waiting")}</Badge>;
  if (items.some((item) => item.review === "pending")) return <Badge tone="waits">{t("inReview")}</Badge>;
  return items.every((item) => item.review === "approved") ? <Badge tone="good">{t("approved")}</Badge> : <Badge>{t("none")}</Badge>;
}

function Refused({ items, all, productId }: { items: Item[]; all: number; productId: string }) {
  const t = useTranslations("catalogue");
  const { colour } = useWords();
  const reasons = new Map(items.flatMap((item) => reasonsOf(item.errors)).map((one) => [one.words, one]));
  return (
    <div className="rounded-xl bg-red-soft p-3 text-red">
      {items.length < all && (
        <p className="text-xs">{items.map((item) => [item.colour && colour(item.colour), item.size].filter(Boolean).join(", ")).join(" · ")}</p>
      )}
      <ul className="flex flex-col gap-2">
        {[...reasons.values()].map((one) => (
          <li key={one.words}>
            <p className="font-medium">{t(`remedies.${one.remedy}`)}</p>
            <p className="text-xs">{t("metaSays", { words: one.words })}</p>
          </li>
        ))}
        {reasons.size === 0 && <li>{t("remedies.other")}</li>}
      </ul>
      <Link href={`/pieces?id=${productId}`} className="mt-1 inline-flex min-h-10 items-center font-medium underline">{t("openPiece")}</Link>
    </div>
  );
}

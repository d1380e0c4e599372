"use client";

import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { PAGING, rowsOf } from "@/api/pages";
import { Button } from "@/components/ui/button";
import { useWords } from "@/components/words";
import { useBoutiquePath } from "@/shell/boutique";
import { Section } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import { useWho } from "./use-who";

/** How the stock came and went: how many, why, who, and when. */
export function History({ pieceId }: { pieceId: string }) {
  const t = useTranslations();
  const { colour } = useWords();
  const { full } = useFormats();
  const who = useWho();
  const path = { ...useBoutiquePath(), product_id: pieceId };
  const moves = rowsOf(api.useInfiniteQuery("get", "/boutiques/{boutique_id}/products/{product_id}/stock-movements",
    { params: { path, query: { limit: 10 } } }, PAGING));
  if (moves.rows.length === 0) return null;
  return (
    <Section title={t("pieces.history")}>
      <ul aria-label={t("pieces.history")} className="divide-y">
        {moves.rows.map((one) => (
          <li key={one.id} className="flex items-baseline gap-3 px-4 py-3">
            <span className="w-12 shrink-0 text-right font-semibold tabular-nums">{one.delta > 0 ? `+${one.delta}` : `−${-one.delta}`}</span>
            <span className="min-w-0 flex-1">
              <span className="block truncate">
                {t(`pieces.moved.${one.reason as "sale"}`)}
                <span className="text-soft"> · {colour(one.colour)} {one.size}</span>
              </span>
              <span className="block truncate text-xs text-soft">
                {[full(one.at), one.order_number ?? one.counter_sale_number, who(one.moved_by, one.by_message)].filter(Boolean).join(" · ")}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {moves.more && <div className="border-t p-2 text-center"><Button look="link" size="sm" busy={moves.loadingMore} onClick={moves.more}>{t("common.more")}</Button></div>}
    </Section>
  );
}

"use client";

import { PackageCheck } from "lucide-react";
import { useTranslations } from "use-intl";

import { RowList } from "@/components/rows";
import { Empty } from "@/components/ui/empty";
import { Segmented } from "@/components/ui/segmented";
import { useChoice } from "@/shell/url";

import { CataloguePiece } from "./piece";
import { type Connected, FILTERS, type Filter, usePieces } from "./queries";

/** The pieces, by what Meta makes of them. */
export function Pieces(props: { counts: Connected["counts"]; currency: string; underWay: boolean; readAt: string | null }) {
  const t = useTranslations("catalogue");
  const [filter, choose] = useChoice("filter", FILTERS);
  const pieces = usePieces(filter, props.underWay, props.readAt);
  const { counts } = props;
  const of: Record<Filter, number> = {
    all: 0, drifted: counts.drifted, rejected: counts.rejected, in_review: counts.in_review, waiting: counts.waiting,
  };
  return (
    <section aria-label={t("pieces")} className="overflow-hidden rounded-2xl border bg-surface">
      <div className="overflow-hidden border-b px-4 py-2">
        <Segmented label={t("which")} value={filter} onChange={choose}
          segments={FILTERS.map((value) => ({ value, label: t(`filters.${value}`), count: of[value] }))} />
      </div>
      <RowList of={pieces} label={t("pieces")} row={(piece) => <CataloguePiece piece={piece} currency={props.currency} />}
        empty={<Empty picture={<PackageCheck aria-hidden />} text={t(`none.${filter}`)} />} />
    </section>
  );
}

"use client";

import { ArrowLeft, TrendingUp } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Picture } from "@/components/picture";
import { RowList } from "@/components/rows";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Notice } from "@/components/ui/notice";
import { Row } from "@/components/ui/row";
import { Segmented } from "@/components/ui/segmented";
import { useWords } from "@/components/words";
import { WithAllWords } from "@/i18n";
import { useBoutique } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";
import { PageHead, PageWaiting } from "@/shell/page";
import { useChoice } from "@/shell/url";

import { CostSheet } from "../../pieces/cost-sheet";
import { type PieceProfit, RANGES, SORTS, useDays, useMargin, usePieceProfits } from "./queries";
import { Earned } from "./earned";

export function MarginPage() {
  return <WithAllWords waiting={<PageWaiting />}><Margin /></WithAllWords>;
}

/** What the shop earned in some days, and with which pieces. */
function Margin() {
  const t = useTranslations();
  const owner = useBoutique().role === "owner";
  return (
    <>
      <PageHead title={<span className="flex items-center gap-1"><Button asChild look="quiet" size="icon" className="-ml-2"><Link href="/money" aria-label={t("money.title")}><ArrowLeft aria-hidden /></Link></Button> {t("margin.title")}</span>} />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-4 p-4 pb-8">
          {owner ? <OfDays /> : <p className="text-soft">{t("margin.ownersOnly")}</p>}
        </div>
      </main>
    </>
  );
}

function OfDays() {
  const t = useTranslations("margin");
  const [range, choose] = useChoice("range", RANGES);
  const [sort, chooseSort] = useChoice("sort", SORTS);
  const [show, chooseShow] = useChoice("show", ["all", "unknown"] as const);
  const [piece, setPiece] = useState<PieceProfit | null>(null);
  const days = useDays(range);
  const report = useMargin(days);
  return (
    <>
      <div className="overflow-hidden px-4 -mx-4">
        <Segmented label={t("days")} value={range} onChange={choose} segments={RANGES.map((value) => ({ value, label: t(`ranges.${value}`) }))} />
      </div>
      <Earned report={report} />
      {report && report.unknown_pieces > 0 && show === "all" && (
        <Notice tone="waits" action={<Button look="outline" size="sm" onClick={() => chooseShow("unknown")}>{t("fillIn")}</Button>}>
          {t("unknown", { count: report.unknown_pieces })}
        </Notice>
      )}
      <section aria-label={t("pieces")} className="overflow-hidden rounded-2xl border bg-surface">
        <div className="flex flex-col gap-1 overflow-hidden border-b px-4 py-2">
          {show === "unknown"
            ? <Button look="link" size="sm" className="self-start px-0" onClick={() => chooseShow("all")}><ArrowLeft aria-hidden /> {t("allPieces")}</Button>
            : <Segmented label={t("sort")} value={sort} onChange={chooseSort} segments={SORTS.map((value) => ({ value, label: t(`sorts.${value}`) }))} />}
        </div>
        <RowList of={usePieceProfits(days, show === "unknown" ? "revenue" : sort, show === "unknown")} label={t("pieces")}
          row={(one) => <ProfitRow piece={one} onOpen={() => setPiece(one)} />}
          empty={<Empty picture={<TrendingUp aria-hidden />} text={t(show === "unknown" ? "allKnown" : "none")} />} />
      </section>
      {piece?.product_id && <CostSheet productId={piece.product_id} name={piece.name} always={piece.unknown_units !== 0} onClose={() => setPiece(null)} />}
    </>
  );
}

function ProfitRow({ piece, onOpen }: { piece: PieceProfit; onOpen: () => void }) {
  const t = useTranslations("margin");
  const { money } = useFormats();
  const { kind } = useWords();
  const known = piece.units !== 0 || piece.revenue_minor !== 0;
  const share = piece.revenue_minor > 0 ? Math.round((piece.profit_minor / piece.revenue_minor) * 100) : null;
  return (
    <Row onOpen={onOpen}
      before={<Picture url={piece.picture_url} srcset={piece.picture_srcset} className="h-14 w-12" />}
      title={piece.name}
      aside={<span className="shrink-0 font-medium tabular-nums">{known ? money(piece.profit_minor) : money(piece.unknown_minor)}</span>}
      below={[kind(piece.category), t("sold", { count: piece.units + piece.unknown_units }), known && share !== null && t("share", { share })].filter(Boolean).join(" · ")}
      belowAside={piece.unknown_units !== 0 ? <Badge tone="waits">{t("noCost")}</Badge> : null} />
  );
}

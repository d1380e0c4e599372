"use client";

import { Plus, Shirt } from "lucide-react";
import Link from "next/link";
import { useDeferredValue } from "react";
import { useTranslations } from "use-intl";

import { later, useStill } from "@/components/later";
import { RowList } from "@/components/rows";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { SearchField } from "@/components/ui/search-field";
import { Segmented } from "@/components/ui/segmented";
import { useBoutique } from "@/shell/boutique";
import { WaitingDetail } from "@/shell/detail";
import { PageHead, Split } from "@/shell/page";
import { useChoice, useUrl } from "@/shell/url";
import { Views } from "@/views/views";

import { PieceRow } from "./piece-row";
import { FILTERS, usePieces } from "./queries";

const PLACE = <span className="size-12" />;
// A menu is thirty kilobytes: the pieces do not wait for it.
const ListMenu = later(() => import("./list-menu").then((part) => part.ListMenu), PLACE);
const PieceDetail = later(() => import("./piece-detail").then((part) => part.PieceDetail), <WaitingDetail />);

export function Pieces() {
  const t = useTranslations();
  const { role } = useBoutique();
  const { params, change } = useUrl();
  const [filter, choose] = useChoice("filter", FILTERS);
  const id = params.get("id");
  const search = params.get("search") ?? "";
  const pieces = usePieces(filter, useDeferredValue(search));

  const still = useStill();
  return (
    <Split
      list={
        <>
          <PageHead title={t("pieces.title")} actions={role === "owner" && (still ? <ListMenu /> : PLACE)}>
            <div className="flex flex-col gap-2">
              <SearchField label={t("pieces.search")} clear={t("common.clear")} value={search}
                onChange={(typed) => change({ search: typed }, "replace")} />
              <Segmented label={t("pieces.filter")} value={filter} onChange={choose}
                segments={FILTERS.map((value) => ({ value, label: t(`pieces.filters.${value}`) }))} />
              <Views screen="pieces" />
            </div>
          </PageHead>
          <main className="min-h-0 flex-1 overflow-y-auto">
            <RowList of={pieces} label={t("pieces.title")}
              row={(piece) => <PieceRow piece={piece} open={piece.id === id} onOpen={() => change({ id: piece.id })} />}
              empty={
                <Empty picture={<Shirt aria-hidden />} text={t(search ? "pieces.noneFound" : filter === "on_sale" ? "pieces.none" : "pieces.noneHere")}
                  action={filter === "on_sale" && !search && (
                    <Button asChild><Link href="/pieces/add"><Plus aria-hidden /> {t("pieces.add")}</Link></Button>
                  )} />
              } />
          </main>
        </>
      }
      detail={id && <PieceDetail key={id} id={id} onClose={() => change({ id: null })} />}
      empty={<Empty picture={<Shirt aria-hidden />} text={t("pieces.choose")} />}
    />
  );
}

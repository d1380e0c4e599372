"use client";

import { Check } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Picture } from "@/components/picture";
import { Button } from "@/components/ui/button";
import { SearchField } from "@/components/ui/search-field";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormats } from "@/shell/formats";

import { usePieces } from "../../pieces/queries";

/** Pieces on sale as pictures, found by words, tapped in and out. */
export function PiecePicker(props: { chosen: string[]; onChoose: (ids: string[]) => void; onClose: () => void }) {
  const t = useTranslations();
  const { money } = useFormats();
  const [search, setSearch] = useState("");
  const [picked, setPicked] = useState(props.chosen);
  const pieces = usePieces("on_sale", useDeferredValue(search));
  const toggle = (id: string) => setPicked(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id]);
  return (
    <Sheet open onOpenChange={props.onClose} title={t("campaigns.write.pieces.pick")} close={t("common.close")}
      footer={<Button onClick={() => props.onChoose(picked)}>{t("campaigns.write.pieces.take", { count: picked.length })}</Button>}>
      <div className="sticky top-0 z-10 -mx-5 flex bg-surface px-5 pb-3 pt-1">
        <SearchField label={t("pieces.search")} clear={t("common.clear")} value={search} onChange={setSearch} />
      </div>
      {pieces.loading && <Skeleton className="h-80 rounded-2xl" />}
      {!pieces.loading && pieces.rows.length === 0 && <p className="py-8 text-center text-soft">{t("pieces.noneFound")}</p>}
      <ul aria-label={t("pieces.title")} className="grid grid-cols-3 gap-x-3 gap-y-4">
        {pieces.rows.map((piece) => {
          const on = picked.includes(piece.id);
          return (
            <li key={piece.id}>
              <button type="button" aria-pressed={on} onClick={() => toggle(piece.id)} className="relative w-full rounded-2xl text-left">
                <Picture url={piece.picture_url} srcset={piece.picture_srcset} sizes="30vw" className={cn("aspect-[4/5] h-auto w-full rounded-2xl", on && "ring-3 ring-green")} />
                {on && <span aria-hidden className="absolute right-1.5 top-1.5 grid size-7 place-items-center rounded-full bg-green text-on-green"><Check className="size-4" /></span>}
                <span className="mt-1.5 line-clamp-2 font-medium leading-5">{piece.name}</span>
                <span className="block truncate text-xs text-soft">{money(piece.price_minor)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {pieces.more && <div className="grid place-items-center pt-4"><Button look="outline" busy={pieces.loadingMore} onClick={pieces.more}>{t("common.more")}</Button></div>}
    </Sheet>
  );
}

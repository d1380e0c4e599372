"use client";

import { CloudOff, Shirt } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTranslations } from "use-intl";

import { Picture } from "@/components/picture";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { SearchField } from "@/components/ui/search-field";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormats } from "@/shell/formats";

import { type CounterPiece, type LeftVariant, pictureOf } from "./basket";
import { useCounterPieces } from "./queries";
import { Sizes } from "./sizes";

/** The pieces to be had, as pictures; what sells most is first. */
export function Pick({ onPick }: { onPick: (piece: CounterPiece, variant: LeftVariant) => void }) {
  const t = useTranslations();
  const [search, setSearch] = useState("");
  const [chosen, choose] = useState<CounterPiece | null>(null);
  const { data, isError, refetch } = useCounterPieces(useDeferredValue(search));

  function pick(piece: CounterPiece, variant: LeftVariant) {
    choose(null);
    setSearch("");
    onPick(piece, variant);
  }

  function tap(piece: CounterPiece) {
    const only = piece.variants.length === 1 ? piece.variants[0] : undefined;
    if (only) pick(piece, only);
    else choose(piece);
  }

  return (
    <>
      <div className="flex shrink-0 border-b bg-surface px-4 pb-3 pt-1 wide:px-6 wide:pt-3">
        <SearchField label={t("pieces.search")} clear={t("common.clear")} value={search} onChange={setSearch} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto p-4 wide:p-6">
        {!data && !isError && <Waiting />}
        {!data && isError && (
          <Empty picture={<CloudOff aria-hidden />} text={t("common.noAnswer")}
            action={<Button look="outline" onClick={() => void refetch()}>{t("common.retry")}</Button>} />
        )}
        {data?.items.length === 0 && <Empty picture={<Shirt aria-hidden />} text={t(search ? "sell.noneFound" : "sell.none")} />}
        <ul aria-label={t("pieces.title")} className="grid grid-cols-3 gap-x-3 gap-y-4 wide:grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))]">
          {data?.items.map((piece) => (
            <li key={piece.id}>
              <Tile piece={piece} onTap={() => tap(piece)} />
            </li>
          ))}
        </ul>
      </div>
      {chosen && <Sizes piece={chosen} onPick={(variant) => pick(chosen, variant)} onClose={() => choose(null)} />}
    </>
  );
}

function Tile({ piece, onTap }: { piece: CounterPiece; onTap: () => void }) {
  const { money } = useFormats();
  const picture = pictureOf(piece, piece.variants[0]?.colour ?? "");
  return (
    <button type="button" onClick={onTap} className="w-full rounded-2xl text-left transition-transform duration-150 active:scale-[0.97]">
      <Picture url={picture?.url ?? null} srcset={picture?.srcset} sizes="(min-width: 900px) 160px, 30vw" className="aspect-[4/5] h-auto w-full rounded-2xl" />
      <span className="mt-1.5 line-clamp-2 text-balance font-medium leading-5">{piece.name}</span>
      <span className="block truncate text-xs text-soft">{money(piece.price_minor)}</span>
    </button>
  );
}

function Waiting() {
  return (
    <div aria-busy="true" className="grid grid-cols-3 gap-x-3 gap-y-4 wide:grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))]">
      {Array.from({ length: 9 }, (_, index) => (
        <div key={index} className="space-y-2">
          <Skeleton className="aspect-[4/5] rounded-2xl" />
          <Skeleton className="h-4 w-4/5" />
          <Skeleton className="h-3 w-1/2" />
        </div>
      ))}
    </div>
  );
}

"use client";

import { useTranslations } from "use-intl";

import { Picture } from "@/components/picture";
import { bySize } from "@/components/size-order";
import { Sheet } from "@/components/ui/sheet";
import { useWords } from "@/components/words";
import { useFormats } from "@/shell/formats";

import { type CounterPiece, type LeftVariant, pictureOf } from "./basket";

/** The colours and sizes that are left of a piece; one tap takes one to the counter. */
export function Sizes(props: { piece: CounterPiece; onPick: (variant: LeftVariant) => void; onClose: () => void }) {
  const t = useTranslations();
  const { colour: word } = useWords();
  const { money } = useFormats();
  const { piece } = props;
  const colours = [...new Set(piece.variants.map((one) => one.colour))];
  return (
    <Sheet open onOpenChange={props.onClose} title={piece.name} close={t("common.close")}>
      <ul className="flex flex-col gap-5">
        {colours.map((colour) => (
          <li key={colour} className="flex gap-4">
            <Picture url={pictureOf(piece, colour)?.url ?? null} srcset={pictureOf(piece, colour)?.srcset} sizes="76px" className="h-24 w-19 rounded-2xl" />
            <div className="min-w-0 flex-1">
              <p className="mb-2 font-medium">{word(colour)}</p>
              <div className="flex flex-wrap gap-2">
                {piece.variants.filter((one) => one.colour === colour)
                  .sort((one, other) => bySize(one.size, other.size))
                  .map((variant) => (
                    <button key={variant.id} type="button" onClick={() => props.onPick(variant)}
                      aria-label={t("pieces.stockOf", { colour: word(colour), size: variant.size, count: variant.available })}
                      className="flex min-h-14 min-w-16 flex-col items-center justify-center rounded-xl border bg-raised px-3 transition-colors hover:border-green active:bg-green-soft">
                      <span className="text-lg font-semibold">{variant.size}</span>
                      <span className={variant.available <= 2 ? "text-xs text-amber" : "text-xs text-soft"}>
                        {t("pieces.left", { count: variant.available })}
                      </span>
                      {variant.price_minor !== piece.price_minor && <span className="text-xs text-soft">{money(variant.price_minor)}</span>}
                    </button>
                  ))}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

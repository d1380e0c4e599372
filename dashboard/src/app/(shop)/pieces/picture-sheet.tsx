"use client";

import { ArrowLeft, ArrowRight, Star, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Picture } from "@/components/picture";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";
import { useWords } from "@/components/words";

import { Chips } from "./add/chips";
import { moved } from "./moved";
import type { Piece } from "./queries";
import { usePictures } from "./use-pictures";

const ANY = "any";

/** One picture: the colour it shows, its place among the others, and the way off the piece. */
export function PictureSheet(props: { piece: Piece; picture: Piece["pictures"][number]; onClose: () => void }) {
  const t = useTranslations();
  const { colour } = useWords();
  const { piece, picture } = props;
  const pictures = usePictures(piece.id);
  const [sure, setSure] = useState(false);
  const ids = piece.pictures.map((one) => one.id);
  const place = ids.indexOf(picture.id);
  const colours = [...new Set(piece.variants.filter((one) => !one.retired).map((one) => one.colour))];
  const move = (to: number) => void pictures.arrange(moved(ids, place, to));

  return (
    <Sheet open onOpenChange={props.onClose} close={t("common.close")} title={t("pieces.picture", { number: place + 1, count: ids.length })}
      footer={sure ? (
        <>
          <Button look="outline" onClick={() => setSure(false)}>{t("common.cancel")}</Button>
          <Button look="danger" busy={pictures.busy} onClick={() => void pictures.remove(picture.id).then((gone) => { if (gone) props.onClose(); })}>
            {t("pieces.removePicture")}
          </Button>
        </>
      ) : (
        <Button look="quiet" onClick={() => setSure(true)} className="text-red"><Trash2 aria-hidden /> {t("pieces.removePicture")}</Button>
      )}>
      {sure && <p role="status" className="mb-4 text-soft">{t("pieces.removePictureText")}</p>}
      <Picture url={picture.url} srcset={picture.srcset} sizes="(min-width: 560px) 440px, 90vw" alt={piece.name}
        className="h-72 w-full rounded-2xl object-contain" />
      {ids.length > 1 && (
        <div className="my-4 flex items-center gap-2">
          <Button look="outline" size="icon" aria-label={t("pieces.earlier")} disabled={place === 0 || pictures.busy} onClick={() => move(place - 1)}><ArrowLeft aria-hidden /></Button>
          <Button look="outline" disabled={place === 0 || pictures.busy} onClick={() => move(0)} className="flex-1">
            <Star aria-hidden /> {t(place === 0 ? "pieces.isCover" : "pieces.makeCover")}
          </Button>
          <Button look="outline" size="icon" aria-label={t("pieces.later")} disabled={place === ids.length - 1 || pictures.busy} onClick={() => move(place + 1)}><ArrowRight aria-hidden /></Button>
        </div>
      )}
      <div className="mt-4">
        <Chips label={t("pieces.pictureColour")} values={[ANY, ...colours]} chosen={[picture.colour ?? ANY]}
          name={(value) => (value === ANY ? t("pieces.anyColour") : colour(value))}
          onToggle={(value) => void pictures.paint(picture.id, value === ANY ? null : value)} />
      </div>
    </Sheet>
  );
}

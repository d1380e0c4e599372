"use client";

import { ImagePlus, LoaderCircle } from "lucide-react";
import { type ChangeEvent, useState } from "react";
import { useTranslations } from "use-intl";

import { Picture } from "@/components/picture";
import { Badge } from "@/components/ui/badge";
import { useWords } from "@/components/words";

import { PictureSheet } from "./picture-sheet";
import type { Piece } from "./queries";
import { usePictures } from "./use-pictures";

const MOST = 20;

/** The pictures in their order, the cover first; a tap opens one, and the last tile adds more. */
export function Pictures({ piece, readOnly }: { piece: Piece; readOnly: boolean }) {
  const t = useTranslations("pieces");
  const { colour } = useWords();
  const pictures = usePictures(piece.id);
  const [openId, setOpenId] = useState<string | null>(null);
  const open = piece.pictures.find((one) => one.id === openId);
  return (
    <>
      <ul aria-label={t("pictures")} className="-mx-4 flex snap-x gap-3 overflow-x-auto px-4 pb-1 wide:-mx-6 wide:px-6">
        {piece.pictures.map((picture, index) => (
          <li key={picture.id} className="shrink-0 snap-start">
            <button type="button" disabled={readOnly} onClick={() => setOpenId(picture.id)}
              aria-label={t("pictureOf", { number: index + 1, colour: picture.colour ? colour(picture.colour) : "" })}
              className="relative block rounded-2xl">
              <Picture url={picture.url} srcset={picture.srcset} sizes="144px" className="h-44 w-36 rounded-2xl" />
              {index === 0 && piece.pictures.length > 1 && (
                <span className="absolute left-2 top-2 rounded-full bg-surface/90 px-2 py-0.5 text-xs font-medium">{t("cover")}</span>
              )}
            </button>
            <p className="mt-1 h-5 px-1 text-xs text-soft">{picture.colour ? colour(picture.colour) : ""}</p>
          </li>
        ))}
        {readOnly && piece.pictures.length === 0 && <li><Picture url={null} className="h-44 w-36 rounded-2xl" /></li>}
        {!readOnly && piece.pictures.length < MOST && (
          <li className="shrink-0"><AddTile first={piece.pictures.length === 0} busy={pictures.busy} onTake={(files) => void pictures.add(files)} /></li>
        )}
      </ul>
      {!piece.active && <Badge>{t("archived")}</Badge>}
      {open && <PictureSheet key={open.id} piece={piece} picture={open} onClose={() => setOpenId(null)} />}
    </>
  );
}

function AddTile(props: { first: boolean; busy: boolean; onTake: (files: File[]) => void }) {
  const t = useTranslations("pieces");
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])];
    event.target.value = "";
    if (files.length) props.onTake(files);
  };
  return (
    <label className="relative flex h-44 w-36 cursor-pointer flex-col items-center justify-center gap-2 rounded-2xl border-2 border-dashed border-line-strong/50 px-3 text-center text-soft transition-colors hover:border-green hover:text-green-ink has-focus-visible:outline-2 has-focus-visible:outline-green">
      <input type="file" accept="image/*,.heic,.heif" multiple className="sr-only" disabled={props.busy} onChange={take} />
      {props.busy ? <LoaderCircle aria-hidden className="size-7 animate-spin" /> : <ImagePlus aria-hidden className="size-7" strokeWidth={1.5} />}
      <span className="text-xs font-medium">{t(props.busy ? "sendingPicture" : props.first ? "firstPicture" : "addPicture")}</span>
    </label>
  );
}

"use client";

import { Camera, Images, Sparkles } from "lucide-react";
import { type ChangeEvent, useId } from "react";
import { useTranslations } from "use-intl";

/** The first step: the photo, which says most of what the form asks for. */
export function Photo(props: { url: string | null; looking: boolean; seen: string | null; onTake: (file: File) => void }) {
  const t = useTranslations("add");
  const camera = useId();
  const album = useId();
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (file) props.onTake(file);
    event.target.value = "";
  };
  const button = "flex h-12 flex-1 cursor-pointer items-center justify-center gap-2 rounded-xl px-4 font-medium transition has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-green";
  return (
    <div className="flex flex-col gap-3">
      <div className="relative grid aspect-[4/3] place-items-center overflow-hidden rounded-3xl bg-sunk">
        {props.url ? (
          <img src={props.url} alt={t("yourPhoto")} className="size-full object-contain" />
        ) : (
          <div className="flex flex-col items-center gap-3 px-8 text-center text-soft">
            <Camera aria-hidden className="size-10" strokeWidth={1.5} />
            <p className="text-balance">{t("photoText")}</p>
          </div>
        )}
        {(props.looking || props.seen) && (
          <p role="status" className="absolute inset-x-3 bottom-3 flex items-center gap-2 rounded-xl bg-ink/85 px-3 py-2 text-paper">
            <Sparkles aria-hidden className={props.looking ? "size-5 animate-pulse" : "size-5"} />
            {props.looking ? t("looking") : props.seen}
          </p>
        )}
      </div>
      <div className="flex gap-2">
        <label htmlFor={camera} className={`${button} ${props.url ? "border border-line bg-raised" : "bg-green text-on-green"}`}>
          <input id={camera} type="file" accept="image/*" capture="environment" className="sr-only" onChange={take} />
          <Camera aria-hidden className="size-5" /> {t(props.url ? "again" : "takePhoto")}
        </label>
        <label htmlFor={album} className={`${button} border border-line bg-raised`}>
          <input id={album} type="file" accept="image/*" className="sr-only" onChange={take} />
          <Images aria-hidden className="size-5" /> {t("choosePhoto")}
        </label>
      </div>
    </div>
  );
}

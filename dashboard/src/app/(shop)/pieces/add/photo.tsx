"use client";

import { Camera, Image as ImageIcon, Images, Sparkles, TriangleAlert } from "lucide-react";
import { type ChangeEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";

const BUTTON =
  "flex h-12 flex-1 cursor-pointer items-center justify-center gap-2 rounded-xl px-4 font-medium transition has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-green";

/** The first step: the photo, which says most of what the form asks for. */
export function Photo(props: { url: string | null; looking: boolean; said: string | null; refused: string | null; onTake: (file: File) => void }) {
  const t = useTranslations("add");
  const camera = useId();
  const album = useId();
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (file) props.onTake(file);
    event.target.value = "";
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="relative grid aspect-[4/3] place-items-center overflow-hidden rounded-3xl bg-sunk">
        {props.url ? <Preview key={props.url} url={props.url} /> : (
          <div className="flex flex-col items-center gap-3 px-8 text-center text-soft">
            {props.refused ? <TriangleAlert aria-hidden className="size-10 text-amber" strokeWidth={1.5} /> : <Camera aria-hidden className="size-10" strokeWidth={1.5} />}
            <p role={props.refused ? "alert" : undefined} className={cn("text-balance", props.refused && "text-ink")}>{props.refused ?? t("photoText")}</p>
          </div>
        )}
        {props.said && (
          <p role="status" className="absolute inset-x-3 bottom-3 flex items-center gap-2 rounded-xl bg-ink/85 px-3 py-2 text-paper">
            <Sparkles aria-hidden className={props.looking ? "size-5 animate-pulse" : "size-5"} />
            <span>{props.said}</span>
          </p>
        )}
      </div>
      <div className="flex gap-2">
        <label htmlFor={camera} className={cn(BUTTON, props.url ? "border border-line bg-raised" : "bg-green text-on-green")}>
          <input id={camera} type="file" accept="image/*" capture="environment" className="sr-only" onChange={take} />
          <Camera aria-hidden className="size-5" /> {t(props.url ? "again" : "takePhoto")}
        </label>
        <label htmlFor={album} className={cn(BUTTON, "border border-line bg-raised")}>
          <input id={album} type="file" accept="image/*,.heic,.heif" className="sr-only" onChange={take} />
          <Images aria-hidden className="size-5" /> {t("choosePhoto")}
        </label>
      </div>
    </div>
  );
}

/** The photo; most browsers show no HEIC, which the service opens all the same. */
function Preview({ url }: { url: string }) {
  const t = useTranslations("add");
  const [shown, setShown] = useState(true);
  if (!shown) {
    return (
      <div className="flex flex-col items-center gap-3 text-center text-soft">
        <ImageIcon aria-hidden className="size-10" strokeWidth={1.5} />
        <p>{t("photoThere")}</p>
      </div>
    );
  }
  return <img src={url} alt={t("yourPhoto")} onError={() => setShown(false)} className="size-full object-contain" />;
}

import { Image as Picture } from "lucide-react";
import { useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";

/** The message as a card in an Instagram chat. Nothing is sent there yet: it shows how it would read. */
export function InstagramCard({ shown, label }: { shown: Schemas["InstagramPreview"]; label: string }) {
  const t = useTranslations("automationPreview");
  return (
    <figure aria-label={label} className="flex flex-col gap-1.5 rounded-2xl border bg-paper p-3">
      {shown.text && <p className="max-w-72 whitespace-pre-wrap rounded-3xl rounded-bl-md bg-sunk px-3.5 py-2 text-ink wrap-anywhere">{shown.text}</p>}
      <div className="max-w-72 overflow-hidden rounded-3xl rounded-bl-md border bg-raised">
        {shown.picture_url
          ? <img src={shown.picture_url} alt={t("picture")} className="aspect-square w-full bg-sunk object-cover" />
          : <span className="grid aspect-3/1 place-items-center bg-sunk text-soft"><Picture aria-hidden className="size-7" /></span>}
        <div className="px-3.5 py-2">
          <p className="font-semibold wrap-anywhere">{shown.title}</p>
          <p className="text-xs text-soft wrap-anywhere">{shown.subtitle}</p>
        </div>
        {shown.buttons.map((button) => (
          <p key={button.title} className="grid min-h-10 place-items-center border-t px-3 text-center font-medium">{button.title}</p>
        ))}
      </div>
    </figure>
  );
}

import { ExternalLink, Image as Picture, Reply } from "lucide-react";
import { useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";

import { Formatted } from "../../chats/formatted";

/** The message in her WhatsApp: picture, words, buttons. */
export function WhatsAppBubble({ shown, label, wantsPicture }: {
  shown: Schemas["WhatsAppPreview"];
  label: string;
  wantsPicture: boolean;
}) {
  const t = useTranslations("automationPreview");
  return (
    <figure aria-label={label} className="rounded-2xl bg-wall p-3">
      <div className="max-w-80 overflow-hidden rounded-2xl rounded-tl-sm bg-bubble-in text-ink shadow-sm">
        {shown.picture_url && <img src={shown.picture_url} alt={t("picture")} className="aspect-4/3 w-full bg-sunk object-cover" />}
        {!shown.picture_url && wantsPicture && (
          <span className="grid aspect-3/1 place-items-center bg-sunk text-soft"><Picture aria-hidden className="size-7" /></span>
        )}
        <div className="px-3 py-2"><Formatted text={shown.text} /></div>
        {shown.buttons.map((button) => (
          <p key={button.title} className="flex min-h-10 items-center justify-center gap-2 border-t px-3 font-medium text-green-ink">
            {button.url ? <ExternalLink aria-hidden className="size-4" /> : <Reply aria-hidden className="size-4" />} {button.title}
          </p>
        ))}
      </div>
    </figure>
  );
}

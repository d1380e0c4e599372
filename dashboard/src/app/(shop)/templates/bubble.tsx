import { ExternalLink, Image as Picture, Reply } from "lucide-react";
import { useTranslations } from "use-intl";

import { Formatted } from "../chats/formatted";
import type { Form } from "./queries";
import { filled } from "./template-words";

/** The message as WhatsApp shows it: heading, text, small print, buttons. */
export function Bubble({ form, picture, values }: {
  form: Form;
  picture: string | null;
  values: Record<string, string | undefined>;
}) {
  const t = useTranslations("templates");
  return (
    <figure aria-label={t("preview")} className="rounded-2xl bg-wall p-4">
      <div className="w-full max-w-80 overflow-hidden rounded-xl rounded-tl-sm bg-bubble-in text-ink shadow-lift">
        {form.header === "image" && (picture
          ? <img src={picture} alt={t("pictureAlt")} className="aspect-3/2 w-full object-cover" />
          : <span className="grid aspect-3/2 place-items-center bg-sunk text-soft"><Picture aria-hidden className="size-8" /></span>)}
        <div className="space-y-1.5 px-3 py-2">
          {form.header === "text" && form.header_text && <p className="font-semibold wrap-anywhere">{form.header_text}</p>}
          {form.body ? <Formatted text={filled(form.body, values)} /> : <p className="text-soft">{t("bodyEmpty")}</p>}
          {form.footer && <p className="text-xs text-bubble-soft">{form.footer}</p>}
        </div>
        {form.buttons.map((button, place) => (
          <p key={place} className="flex items-center justify-center gap-2 border-t px-3 py-2.5 font-medium text-green-ink">
            {button.kind === "url" ? <ExternalLink aria-hidden className="size-4" /> : <Reply aria-hidden className="size-4" />}
            <span className="truncate">{button.text || "…"}</span>
          </p>
        ))}
      </div>
    </figure>
  );
}

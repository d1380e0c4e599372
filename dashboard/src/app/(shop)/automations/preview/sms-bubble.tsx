import { useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";

/** The message as an SMS, with what it costs in segments. */
export function SmsBubble({ shown, shop, label }: { shown: Schemas["SmsPreview"]; shop: string; label: string }) {
  const t = useTranslations("automationPreview");
  const { segments, characters, per_segment } = shown;
  return (
    <figure aria-label={label} className="rounded-2xl border bg-paper p-3">
      <p className="mb-2 text-center text-xs font-medium text-soft">{shop}</p>
      <p className="max-w-80 whitespace-pre-wrap rounded-2xl rounded-bl-sm bg-sunk px-3 py-2 text-ink wrap-anywhere">{shown.text}</p>
      <figcaption className="mt-2 text-xs text-soft">
        <span className="font-medium tabular-nums text-ink">{t("segments", { count: segments })}</span>
        {" · "}
        <span className="tabular-nums">{t("characters", { count: characters, most: segments * per_segment })}</span>
        {" · "}
        {shown.encoding}
      </figcaption>
    </figure>
  );
}

"use client";

import { useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";
import { Notice } from "@/components/ui/notice";
import { useFormats } from "@/shell/formats";

import { useTold } from "../told";

/** What came of asking for a message by hand. */
export function Outcome({ result }: { result: Schemas["ForcedMessage"] | undefined }) {
  const t = useTranslations("automations.send");
  const told = useTold();
  const { full } = useFormats();
  if (!result) return null;
  if (result.send_id) return <p role="status" className="font-medium text-green-ink">{t("sent")}</p>;
  return (
    <Notice tone="waits">
      {t("notSent")} {result.reason && told.reason(result.reason)}
      {result.until && <span className="block text-xs">{t("until", { at: full(result.until) })}</span>}
    </Notice>
  );
}

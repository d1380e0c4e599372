"use client";

import { useTranslations } from "use-intl";

/** Why a message was not sent or did not arrive, in words; a provider's code that has none as it is. */
export function useReason() {
  const t = useTranslations("campaigns");
  return (reason: string | null) => {
    if (!reason) return t("code.none");
    if (t.has(`preview.why.${reason}` as never)) return t(`preview.why.${reason}` as never);
    return t.has(`code.${reason}` as never) ? t(`code.${reason}` as never) : t("code.other", { code: reason });
  };
}

import type { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";

/** Why it cannot be sent by hand at all, in the person's words where we have them. */
export function refusal(t: ReturnType<typeof useTranslations<never>>, error: unknown): string {
  if (!isProblem(error)) return t("common.failed");
  const key = `automations.send.refusal.${error.code}`;
  return t.has(key as never) ? t(key as never) : error.detail;
}

"use client";

import { useTranslations } from "use-intl";

import { useFormats } from "@/shell/formats";

import type { Entry } from "./queries";

/** What an entry says, in words. */
export function useSaid() {
  const t = useTranslations("ruleTimeline");
  const { money } = useFormats();
  const channel = (entry: Entry) => (entry.channel === "sms" ? "SMS" : "WhatsApp");
  return (entry: Entry): string => {
    const { what, about } = entry;
    if (entry.of === "decision") return worded(t, `decision.${what}`, { step: (entry.step ?? 0) + 1 }) ?? what;
    if (entry.of === "message") return worded(t, `message.${what}`, { channel: channel(entry) }) ?? what;
    const product = about.product ?? t("piece");
    if (what === "consent_changed") {
      const purpose = about.purpose === "sms" || about.purpose === "assistant" ? about.purpose : "marketing";
      return t(about.granted ? "event.agreed" : "event.stopped", { what: t(`purpose.${purpose}`) });
    }
    if (what === "support_message" && about.product) return t("event.support_product", { product });
    return worded(t, `event.${what}`, {
      product, number: about.number ?? "", pieces: about.pieces ?? 0,
      was: money(about.was_minor ?? 0), now: money(about.now_minor ?? 0),
      total: money(about.total_minor ?? 0), amount: money(about.amount_minor ?? 0),
    }) ?? what.replaceAll("_", " ");
  };
}

type Words = ReturnType<typeof useTranslations<"ruleTimeline">>;

/** None for what a newer server tells and this page has no words for. */
function worded(t: Words, key: string, values: Record<string, string | number>): string | null {
  return t.has(key as never) ? t(key as never, values as never) : null;
}

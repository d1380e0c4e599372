"use client";

import { Check, CheckCheck, CircleAlert, Clock3 } from "lucide-react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";

import type { ChatMessage } from "./queries";

export function Ticks({ status }: { status: ChatMessage["status"] }) {
  const t = useTranslations("chats.ticks");
  if (status === "failed" || status === "received") return null;
  const [Icon, colour] =
    status === "read" ? ([CheckCheck, "text-tick"] as const)
    : status === "delivered" ? ([CheckCheck, ""] as const)
    : status === "sent" ? ([Check, ""] as const)
    : ([Clock3, ""] as const);
  return <Icon role="img" aria-label={t(status)} className={cn("size-4", colour)} />;
}

// Codes of ours, and those of Meta and Twilio that say something a person of the shop can act on.
const REASONS: Record<string, string> = {
  taken_over: "taken_over", opted_out: "opted_out", no_consent: "no_consent", too_old: "too_old", unclear: "unclear", restored: "restored",
  outside_window: "window", "131047": "window", "63016": "window",
  "131026": "unreachable", "21211": "unreachable", "21614": "unreachable", "63003": "unreachable", "63024": "unreachable",
  "131052": "picture", "131053": "picture", "63019": "picture", no_picture: "picture",
};

/** Why a message did not reach the customer, and what helps. */
export function Failed({ message }: { message: ChatMessage }) {
  const t = useTranslations("chats");
  const reason = REASONS[message.error_code ?? ""];
  const ours = reason === "taken_over";
  return (
    <p className={cn("mt-1 flex items-start gap-1.5 border-t pt-1 text-xs font-medium", ours ? "text-soft" : "text-red")}>
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{reason ? t(`failed.${reason}` as never) : t("failed.other", { code: message.error_code ?? "–" })}</span>
    </p>
  );
}

"use client";

import { useTranslations } from "use-intl";

import type { Chat } from "./queries";

/** Whether the customer waits for a person's answer; as the API filters it. */
export function isWaiting(chat: Chat): boolean {
  if (!chat.handed_off_at) return false;
  if (!chat.last_staff_at) return true;
  return chat.last_inbound_at !== null && chat.last_inbound_at > chat.last_staff_at;
}

/** WhatsApp lets a shop write freely within a day of the customer's last message. */
export function isOpen(chat: Chat, now: number): boolean {
  return leftMs(chat, now) > 0;
}

export function leftMs(chat: Chat, now: number): number {
  return chat.last_inbound_at === null ? 0 : Date.parse(chat.last_inbound_at) + 24 * 3_600_000 - now;
}

export function useNameOf() {
  const t = useTranslations("chats");
  return (chat: Chat) => chat.customer_name ?? chat.phone ?? t("customer");
}

/** The last message in a line. */
export function usePreview() {
  const t = useTranslations("chats");
  return (chat: Chat) => {
    const text = chat.last_body?.replace(/[*_~]/g, "").replace(/\s+/g, " ").trim();
    const kind = chat.last_kind ?? "text";
    const said = text || (t.has(`kinds.${kind}` as never) ? t(`kinds.${kind}` as never) : t("kinds.other"));
    if (chat.last_author === "assistant") return `${t("assistant")}: ${said}`;
    return chat.last_author === "customer" ? said : `${t("shop")}: ${said}`;
  };
}

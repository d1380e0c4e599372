"use client";

import { FileText } from "lucide-react";
import { useTranslations } from "use-intl";

import type { ChatMessage } from "./queries";

/** The picture, the voice or the file of a message. */
export function Media({ message }: { message: ChatMessage }) {
  const t = useTranslations("chats");
  const url = message.media_url;
  if (!url) return null;
  if (message.kind === "audio") {
    return <audio controls preload="none" src={url} aria-label={t("kinds.audio")} className="h-11 w-60 max-w-full" />;
  }
  if (message.kind === "video") {
    return <video controls preload="none" src={url} aria-label={t("kinds.video")} className="max-h-80 rounded-xl" />;
  }
  if (message.kind === "document") {
    return (
      <a href={url} target="_blank" rel="noreferrer" className="flex items-center gap-2 py-1 font-medium underline underline-offset-4">
        <FileText aria-hidden className="size-5 shrink-0" /> <span className="break-all">{message.file_name ?? t("kinds.document")}</span>
      </a>
    );
  }
  return (
    <a href={url} target="_blank" rel="noreferrer" className="-mx-1.5 -mt-0.5 mb-1.5 block">
      <img src={url} alt={t("kinds.image")} loading="lazy" decoding="async"
        className="max-h-90 min-h-24 w-72 max-w-full rounded-xl bg-sunk object-cover" />
    </a>
  );
}

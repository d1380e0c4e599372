"use client";

import { Clock, Reply, StickyNote } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";

import { isOpen, leftMs } from "./chat-words";
import type { Chat } from "./queries";
import { Templates } from "./templates";
import { WriteNote, WriteReply } from "./writing";

const MINUTE_MS = 60_000;

/** Where a person answers, or notes something for the others of the shop. */
export function Composer({ chat }: { chat: Chat }) {
  const t = useTranslations("chats");
  const [mode, setMode] = useState<"reply" | "note">("reply");
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  const open = isOpen(chat, now);
  return (
    <footer className={cn("shrink-0 border-t bg-surface p-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]", mode === "note" && "bg-amber-soft")}>
      <div className="mb-1 flex items-center gap-1 text-xs">
        <div role="group" aria-label={t("mode")} className="flex gap-1">
          <Mode chosen={mode === "reply"} onChoose={() => setMode("reply")}><Reply aria-hidden className="size-4" />{t("replyMode")}</Mode>
          <Mode chosen={mode === "note"} onChoose={() => setMode("note")}><StickyNote aria-hidden className="size-4" />{t("noteMode")}</Mode>
        </div>
        {open && mode === "reply" && <Left chat={chat} now={now} />}
      </div>
      {mode === "note" ? <WriteNote chat={chat} onWritten={() => setMode("reply")} />
        : open ? <WriteReply chat={chat} />
        : <Templates chat={chat} />}
    </footer>
  );
}

function Mode(props: { chosen: boolean; onChoose: () => void; children: React.ReactNode }) {
  return (
    <button type="button" aria-pressed={props.chosen} onClick={props.onChoose}
      className={cn("flex min-h-9 items-center gap-1.5 rounded-full px-3 font-medium", props.chosen ? "bg-ink/8 text-ink" : "text-soft")}>
      {props.children}
    </button>
  );
}

/** How long WhatsApp still lets the shop write freely. */
function Left({ chat, now }: { chat: Chat; now: number }) {
  const t = useTranslations("chats");
  const minutes = Math.max(1, Math.floor(leftMs(chat, now) / MINUTE_MS));
  return (
    <p className={cn("ml-auto flex items-center gap-1 pr-2", minutes < 120 ? "text-amber" : "text-soft")}>
      <Clock aria-hidden className="size-4" />
      {minutes < 60 ? t("leftMinutes", { minutes: String(minutes) }) : t("leftHours", { hours: String(Math.floor(minutes / 60)) })}
    </p>
  );
}

"use client";

import { Pencil } from "lucide-react";
import { type KeyboardEvent, useEffect, useState } from "react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { useLanguage } from "@/i18n";

import { type Chat, type QuickReply, useCustomer, useQuickReplies } from "./queries";
import { QuickReplySheet } from "./quick-reply-sheet";

/** The text of a quick reply in a language, or in the other; `{name}` is the customer's. */
export function filled(reply: QuickReply, language: "en" | "sw", name: string | null): string {
  const text = language === "sw" ? reply.swahili || reply.english : reply.english || reply.swahili;
  const first = name?.split(/\s+/)[0] ?? "";
  return text.replaceAll("{name}", first).replace(/ +([,.!?])/g, "$1").replace(/ {2,}/g, " ").trim();
}

/** What was typed after a slash, as far as nothing but a shortcut was typed. */
export function shortcutOf(text: string): string | undefined {
  return /^\/(\S*)\s*$/.exec(text)?.[1]?.toLowerCase();
}

/** The quick replies that fit what was typed after a slash, and which of them Enter takes. */
export function useMatching(chat: Chat, text: string, write: (text: string) => void) {
  const { all, coming } = useQuickReplies();
  const { language } = useLanguage();
  const { data: customer, isLoading } = useCustomer(chat.customer_id);
  const [place, setPlace] = useState(0);
  const [awaited, setAwaited] = useState<string | null>(null);
  const typed = shortcutOf(text);
  const matching = typed === undefined ? [] : all.filter((one) => one.shortcut.startsWith(typed)).slice(0, 8);
  const at = Math.min(place, Math.max(0, matching.length - 1));
  const chosen = isLoading ? undefined : matching[at]; // which language it is in is the customer's
  const waits = isLoading || (coming && matching.length === 0);
  const textOf = (reply: QuickReply) => filled(reply, customer?.language ?? language, chat.customer_name);

  // Who types faster than the network answers has pressed Enter already: it counts once the replies are there.
  const asked = awaited !== null && awaited === text;
  useEffect(() => {
    if (asked && !waits && chosen) write(textOf(chosen));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when what was waited for is there
  }, [asked, waits]);

  function onKey(event: KeyboardEvent): boolean {
    if (awaited !== null) setAwaited(null); // the next key asks anew
    if (typed === undefined) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setPlace((at + step + matching.length) % Math.max(1, matching.length));
    else if ((event.key === "Enter" || event.key === "Tab") && chosen) write(textOf(chosen));
    else if (event.key === "Escape") write("");
    else if (event.key !== "Enter") return false;
    else if (waits) setAwaited(text);
    event.preventDefault();
    return true;
  }
  return { open: typed !== undefined, matching, at, waits, textOf, onKey };
}

export function QuickReplies(props: { chat: Chat; quick: ReturnType<typeof useMatching>; onChoose: (text: string) => void }) {
  const t = useTranslations("chats.quick");
  const [editing, edit] = useState<QuickReply | "new" | null>(null);
  const { matching, at, waits, textOf } = props.quick;
  return (
    <div className="mb-2 overflow-hidden rounded-2xl border bg-raised">
      {matching.length === 0 && <p className="px-4 py-3 text-soft">{t(waits ? "coming" : "none")}</p>}
      <ul aria-label={t("open")} className="max-h-60 divide-y overflow-y-auto">
        {matching.map((reply, index) => (
          <li key={reply.id} className={cn("flex items-center", index === at && "bg-green-soft")}>
            <button type="button" aria-current={index === at || undefined} onClick={() => props.onChoose(textOf(reply))} className="min-h-12 min-w-0 flex-1 px-4 py-2 text-left">
              <span className="block text-xs font-semibold text-green-ink">/{reply.shortcut}</span>
              <span className="line-clamp-2 text-ink">{textOf(reply)}</span>
            </button>
            <button type="button" aria-label={t("edit", { shortcut: reply.shortcut })} onClick={() => edit(reply)} className="grid size-12 place-items-center text-soft">
              <Pencil aria-hidden className="size-4" />
            </button>
          </li>
        ))}
      </ul>
      <div className="border-t p-1"><Button look="link" size="sm" onClick={() => edit("new")}>{t("new")}</Button></div>
      {editing && <QuickReplySheet reply={editing === "new" ? null : editing} onClose={() => edit(null)} />}
    </div>
  );
}

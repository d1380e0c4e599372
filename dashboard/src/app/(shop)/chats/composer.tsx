"use client";

import { Clock, SendHorizontal } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useBoutiquePath } from "@/shell/boutique";

import { isOpen } from "./chat-words";
import { type Chat, useChatsChanged } from "./queries";

const MINUTE_MS = 60_000;

/** Where a person answers. What was typed and not sent is kept for the next look at the chat. */
export function Composer({ chat }: { chat: Chat }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const changed = useChatsChanged();
  const kept = `dukani.draft.${chat.id}`;
  const [text, setText] = useState(() => window.localStorage.getItem(kept) ?? "");
  const [now, setNow] = useState(() => Date.now());
  const field = useRef<HTMLTextAreaElement>(null);
  const key = useRef(newKey()); // of this text: a second try sends it once
  const send = api.useMutation("post", "/boutiques/{boutique_id}/conversations/{conversation_id}/messages", {
    onSuccess: () => {
      write("");
      void changed();
    },
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });

  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 140)}px`;
  }, [text]);

  function write(typed: string) {
    key.current = newKey();
    setText(typed);
    if (typed) window.localStorage.setItem(kept, typed);
    else window.localStorage.removeItem(kept);
  }

  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (!text.trim() || send.isPending) return;
    send.mutate({
      params: { path: { ...path, conversation_id: chat.id }, header: { "idempotency-key": key.current } },
      body: { text: text.trim() },
    });
  }

  if (!isOpen(chat, now)) {
    return (
      <footer className="shrink-0 border-t bg-surface p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
        <p className="flex items-center gap-3 rounded-2xl bg-amber-soft p-4 text-amber">
          <Clock aria-hidden className="size-5 shrink-0" /> {t("chats.closed")}
        </p>
      </footer>
    );
  }
  return (
    <footer className="shrink-0 border-t bg-surface p-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]">
      {!chat.handed_off_at && text.trim() && (
        <div className="mb-2"><Notice tone="waits">{t("chats.willTakeOver")}</Notice></div>
      )}
      <form onSubmit={submit} className="flex items-end gap-2">
        <textarea
          ref={field}
          rows={1}
          value={text}
          maxLength={4000}
          aria-label={t("chats.reply")}
          placeholder={t("chats.reply")}
          onChange={(event) => write(event.target.value)}
          onKeyDown={(event) => {
            const alone = event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing;
            // On a phone the key makes a line; who has a mouse expects it to send.
            if (alone && window.matchMedia("(pointer: fine)").matches) {
              event.preventDefault();
              submit();
            }
          }}
          className="max-h-35 min-h-12 flex-1 resize-none rounded-3xl border border-line bg-raised px-4 py-2.5 text-input placeholder:text-soft focus:border-green focus:outline-none"
        />
        <Button type="submit" size="icon" aria-label={t("chats.send")} busy={send.isPending} disabled={!text.trim()}>
          {!send.isPending && <SendHorizontal aria-hidden />}
        </Button>
      </form>
    </footer>
  );
}

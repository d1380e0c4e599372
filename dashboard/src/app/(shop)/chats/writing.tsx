"use client";

import { SendHorizontal, Zap } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useBoutiquePath } from "@/shell/boutique";

import { type Chat, CHAT, useChatsChanged } from "./queries";
import { QuickReplies, useMatching } from "./quick-replies";
import { useDraft } from "./use-draft";

export function WriteReply({ chat }: { chat: Chat }) {
  const t = useTranslations("chats");
  const path = useBoutiquePath();
  const changed = useChatsChanged();
  const draft = useDraft(chat.id);
  const { error, reason } = useReason();
  const send = api.useMutation("post", `${CHAT}/messages`, {
    onMutate: () => reason(null),
    onSuccess: () => { draft.write(""); void changed(); },
    onError: reason,
  });
  const quick = useMatching(chat, draft.text, draft.write);
  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (!draft.text.trim() || send.isPending || quick.open) return; // a shortcut is no word to a customer
    send.mutate({
      params: { path: { ...path, conversation_id: chat.id }, header: { "idempotency-key": draft.keyOf() } },
      body: { text: draft.text.trim() },
    });
  }
  return (
    <>
      {quick.open && <QuickReplies chat={chat} quick={quick} onChoose={draft.write} />}
      {error && <div className="mb-2"><Notice tone="risk">{error}</Notice></div>}
      {!chat.handed_off_at && draft.text.trim() && !quick.open && (
        <div className="mb-2"><Notice tone="waits">{t("willTakeOver")}</Notice></div>
      )}
      <form onSubmit={submit} className="flex items-end gap-1">
        <Button look="quiet" size="icon" aria-label={t("quick.open")} onClick={() => draft.write(quick.open ? "" : "/")} className="size-11">
          <Zap aria-hidden />
        </Button>
        <Area label={t("reply")} text={draft.text} onWrite={draft.write} onSubmit={submit}
          onKey={quick.onKey} expanded={quick.open} />
        <Button type="submit" size="icon" aria-label={t("send")} busy={send.isPending} disabled={!draft.text.trim() || quick.open}>
          {!send.isPending && <SendHorizontal aria-hidden />}
        </Button>
      </form>
    </>
  );
}

export function WriteNote(props: { chat: Chat; onWritten: () => void }) {
  const t = useTranslations("chats");
  const path = useBoutiquePath();
  const changed = useChatsChanged();
  const draft = useDraft(`note.${props.chat.id}`);
  const { error, reason } = useReason();
  const write = api.useMutation("post", `${CHAT}/notes`, {
    onMutate: () => reason(null),
    onSuccess: () => { draft.write(""); void changed(); props.onWritten(); },
    onError: reason,
  });
  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (!draft.text.trim() || write.isPending) return;
    write.mutate({
      params: { path: { ...path, conversation_id: props.chat.id }, header: { "idempotency-key": draft.keyOf() } },
      body: { text: draft.text.trim() },
    });
  }
  return (
    <>
      {error && <div className="mb-2"><Notice tone="risk">{error}</Notice></div>}
      <form onSubmit={submit} className="flex items-end gap-2">
        <Area label={t("writeNote")} text={draft.text} onWrite={draft.write} onSubmit={submit} />
        <Button type="submit" look="outline" className="rounded-full" busy={write.isPending} disabled={!draft.text.trim()}>{t("saveNote")}</Button>
      </form>
    </>
  );
}

/** What the API said against it, or that there was no answer; what was typed stays. */
function useReason() {
  const t = useTranslations("chats");
  const [error, setError] = useState<string | null>(null);
  return { error, reason: (given: unknown) => setError(given === null ? null : isProblem(given) ? given.detail : t("noConnection")) };
}

function Area(props: {
  label: string; text: string; expanded?: boolean;
  onWrite: (text: string) => void; onSubmit: () => void; onKey?: (event: KeyboardEvent) => boolean;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 140)}px`;
  }, [props.text]);
  return (
    <textarea
      ref={field}
      rows={1}
      value={props.text}
      maxLength={4000}
      aria-label={props.label}
      placeholder={props.label}
      onChange={(event) => props.onWrite(event.target.value)}
      onKeyDown={(event) => {
        if (props.onKey?.(event)) return;
        const alone = event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing;
        // On a phone the key makes a line; who has a mouse expects it to send.
        if (alone && window.matchMedia("(pointer: fine)").matches) {
          event.preventDefault();
          props.onSubmit();
        }
      }}
      className="max-h-35 min-h-12 min-w-0 flex-1 resize-none rounded-3xl border border-line bg-raised px-4 py-2.5 text-input placeholder:text-soft focus:border-green focus:outline-none"
    />
  );
}

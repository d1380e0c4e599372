"use client";

import { Bot, Hand } from "lucide-react";
import { useEffect } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { useBoutiquePath } from "@/shell/boutique";
import { DetailHead } from "@/shell/detail";

import { useNameOf } from "./chat-words";
import { Composer } from "./composer";
import { History } from "./history";
import { type Chat, useChat, useChatsChanged } from "./queries";

export function ChatDetail(props: { id: string; onClose: () => void }) {
  const t = useTranslations("chats");
  const nameOf = useNameOf();
  const { data: chat, error } = useChat(props.id);
  useReadMark(chat);
  return (
    <>
      <DetailHead
        before={<Avatar name={chat?.customer_name ?? ""} className="size-10" />}
        title={chat ? nameOf(chat) : "…"}
        below={chat && (chat.handed_off_at ? t("heldByYou") : t("heldByAssistant"))}
        actions={chat && <Holder chat={chat} />}
        onClose={props.onClose}
      />
      {error ? <p role="alert" className="p-6 text-soft">{t("gone")}</p> : <History id={props.id} />}
      {chat && <Composer chat={chat} />}
    </>
  );
}

/** Takes the chat over, or hands it back to the assistant. */
function Holder({ chat }: { chat: Chat }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const changed = useChatsChanged();
  const params = { path: { ...path, conversation_id: chat.id } };
  const options = {
    onSuccess: () => void changed(),
    onError: (error: unknown) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  };
  const take = api.useMutation("post", "/boutiques/{boutique_id}/conversations/{conversation_id}/taken-over", options);
  const back = api.useMutation("post", "/boutiques/{boutique_id}/conversations/{conversation_id}/handed-back", options);
  if (chat.handed_off_at) {
    return (
      <Button look="outline" size="sm" busy={back.isPending} onClick={() => back.mutate({ params })}>
        <Bot aria-hidden className="hidden sm:block" /> {t("chats.handBack")}
      </Button>
    );
  }
  return (
    <Button size="sm" busy={take.isPending} onClick={() => take.mutate({ params })}>
      <Hand aria-hidden className="hidden sm:block" /> {t("chats.takeOver")}
    </Button>
  );
}

/** A chat that is open on a screen somebody looks at is read, on every device. */
function useReadMark(chat: Chat | undefined) {
  const path = useBoutiquePath();
  const changed = useChatsChanged();
  const { mutate } = api.useMutation("post", "/boutiques/{boutique_id}/conversations/{conversation_id}/read", {
    onSuccess: () => void changed(),
  });
  const id = chat?.id;
  const unread = (chat?.unread ?? 0) > 0;
  useEffect(() => {
    if (id && unread && document.visibilityState === "visible")
      mutate({ params: { path: { boutique_id: path.boutique_id, conversation_id: id } } });
  }, [id, unread, path.boutique_id, mutate]);
}

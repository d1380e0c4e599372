"use client";

import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { SearchField } from "@/components/ui/search-field";
import { Sheet } from "@/components/ui/sheet";
import { useBoutiquePath } from "@/shell/boutique";
import { DetailHead } from "@/shell/detail";

import { useNameOf } from "./chat-words";
import { Composer } from "./composer";
import { CustomerPanel } from "./customer-panel";
import { History } from "./history";
import { Holder } from "./holder";
import { type Chat, CHAT, useChat, useChatsChanged, usePeople } from "./queries";
import { SearchResults } from "./search-results";

export function ChatDetail(props: { id: string; at: string | null; onAt: (message: string | null) => void; onClose: () => void }) {
  const t = useTranslations("chats");
  const c = useTranslations("common");
  const nameOf = useNameOf();
  const { data: chat, error } = useChat(props.id);
  const [showsCustomer, showCustomer] = useState(false);
  const [search, setSearch] = useState<string | null>(null);
  const [asked, ask] = useState(0); // how often a place was asked for: the same one may be again
  useReadMark(chat);
  const go = (message: string | null) => {
    ask(asked + 1);
    props.onAt(message);
  };
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <DetailHead
          before={<Avatar name={chat?.customer_name ?? ""} className="hidden size-10 sm:grid" />}
          title={chat ? nameOf(chat) : "…"}
          below={chat && <HeldBy chat={chat} />}
          actions={chat && <Holder chat={chat} onSearch={() => setSearch("")} onCustomer={() => showCustomer(true)} />}
          onClose={props.onClose}
        />
        {search !== null && (
          <div className="border-b bg-surface p-3">
            <div className="flex gap-1"><SearchField label={t("searchHere")} clear={t("searchClear")} value={search} onChange={setSearch} />
              <Button look="quiet" size="icon" aria-label={c("close")} onClick={() => setSearch(null)}><X aria-hidden /></Button></div>
            {search.trim().length >= 2 && (
              <div className="-mx-3 -mb-3 mt-3 max-h-[40dvh] overflow-y-auto border-t">
                <SearchResults words={search.trim()} chat={props.id} onOpen={(_, message) => { setSearch(null); go(message); }} />
              </div>
            )}
          </div>
        )}
        {error ? <p role="alert" className="p-6 text-soft">{t("gone")}</p>
          : <History key={`${props.at ?? ""}.${asked}`} id={props.id} at={props.at} onLatest={() => go(null)} onQuoted={go} />}
        {chat && <Composer chat={chat} />}
      </div>
      {chat && (
        <aside aria-label={t("aboutCustomer")} className="hidden w-80 shrink-0 overflow-y-auto border-l bg-surface p-4 min-[1400px]:block">
          <CustomerPanel id={chat.customer_id} />
        </aside>
      )}
      {chat && (
        <Sheet open={showsCustomer} onOpenChange={showCustomer} title={nameOf(chat)} close={c("close")}>
          <CustomerPanel id={chat.customer_id} />
        </Sheet>
      )}
    </div>
  );
}

function HeldBy({ chat }: { chat: Chat }) {
  const t = useTranslations("chats");
  const { me, nameOf } = usePeople();
  if (!chat.handed_off_at) return <>{t("heldByAssistant")}</>;
  if (chat.assigned_to === me) return <>{t("heldByYou")}</>;
  const name = nameOf(chat.assigned_to);
  return <>{name ? t("heldBy", { name }) : t("heldByPeople")}</>;
}

/** A chat that is open on a screen somebody looks at is read, on every device. */
function useReadMark(chat: Chat | undefined) {
  const path = useBoutiquePath();
  const changed = useChatsChanged();
  const { mutate } = api.useMutation("post", `${CHAT}/read`, { onSuccess: () => void changed() });
  const id = chat?.id;
  const unread = (chat?.unread ?? 0) > 0;
  useEffect(() => {
    if (!id || !unread) return;
    const mark = () => {
      if (document.visibilityState === "visible")
        mutate({ params: { path: { boutique_id: path.boutique_id, conversation_id: id } } });
    };
    mark();
    document.addEventListener("visibilitychange", mark);
    return () => document.removeEventListener("visibilitychange", mark);
  }, [id, unread, path.boutique_id, mutate]);
}

"use client";

import { Bot, Check, EllipsisVertical, Hand, Search, UserRound, Users } from "lucide-react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";

import { type Chat, CHAT, useChatsChanged, usePeople } from "./queries";

/** Takes the chat over, leaves it to one of the shop's people, or hands it back to the assistant. */
export function Holder(props: { chat: Chat; onSearch: () => void; onCustomer: () => void }) {
  const { chat } = props;
  const t = useTranslations();
  const path = useBoutiquePath();
  const changed = useChatsChanged();
  const { me, people } = usePeople();
  const params = { path: { ...path, conversation_id: chat.id } };
  const options = {
    onSuccess: () => void changed(),
    onError: (error: unknown) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  };
  const take = api.useMutation("post", `${CHAT}/taken-over`, options);
  const back = api.useMutation("post", `${CHAT}/handed-back`, options);
  const assign = api.useMutation("put", `${CHAT}/assignee`, options);
  const leaveTo = (user_id: string | null) => assign.mutate({ params, body: { user_id } });
  return (
    <>
      {chat.handed_off_at ? (
        <Button look="outline" size="sm" busy={back.isPending} onClick={() => back.mutate({ params })}>
          <Bot aria-hidden className="hidden sm:block" /> {t("chats.handBack")}
        </Button>
      ) : (
        <Button size="sm" busy={take.isPending} onClick={() => take.mutate({ params })}>
          <Hand aria-hidden className="hidden sm:block" /> {t("chats.takeOver")}
        </Button>
      )}
      <Menu trigger={
        <Button look="quiet" size="small" aria-label={t("chats.menu")} busy={assign.isPending}><EllipsisVertical aria-hidden /></Button>
      }>
        <MenuItem onSelect={props.onCustomer}><UserRound aria-hidden /> {t("chats.aboutCustomer")}</MenuItem>
        <MenuItem onSelect={props.onSearch}><Search aria-hidden /> {t("chats.searchHere")}</MenuItem>
        <p className="px-3 pb-1 pt-2 text-xs font-medium text-soft">{t("chats.assign")}</p>
        {people.map((one) => (
          <MenuItem key={one.id} onSelect={() => leaveTo(one.id)}>
            <span className="flex-1">{one.id === me ? t("chats.me") : one.name}</span>
            {chat.assigned_to === one.id && <Check aria-hidden />}
          </MenuItem>
        ))}
        {chat.handed_off_at && (
          <MenuItem onSelect={() => leaveTo(null)}><Users aria-hidden /> {t("chats.anybody")}</MenuItem>
        )}
      </Menu>
    </>
  );
}

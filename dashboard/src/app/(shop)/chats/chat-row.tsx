"use client";

import { Hand } from "lucide-react";
import { useTranslations } from "use-intl";

import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Row } from "@/components/ui/row";
import { useFormats } from "@/shell/formats";

import { isWaiting, useNameOf, usePreview } from "./chat-words";
import { type Chat, usePeople } from "./queries";

export function ChatRow(props: { chat: Chat; open?: boolean; onOpen: () => void }) {
  const { when } = useFormats();
  const nameOf = useNameOf();
  const preview = usePreview();
  const { chat } = props;
  return (
    <Row
      open={props.open}
      onOpen={props.onOpen}
      before={<Avatar name={chat.customer_name ?? ""} className="size-12" />}
      title={<span className={chat.unread > 0 ? "font-semibold" : undefined}>{nameOf(chat)}
        {chat.tags.length > 0 && <span className="ml-2 text-xs font-normal text-soft">{chat.tags.map((tag) => `#${tag}`).join(" ")}</span>}</span>}
      aside={<time dateTime={chat.last_at} className="text-xs text-soft">{when(chat.last_at)}</time>}
      below={preview(chat)}
      belowAside={<span className="flex items-center gap-2"><HeldBy chat={chat} /><Unread count={chat.unread} /></span>}
    />
  );
}

function HeldBy({ chat }: { chat: Chat }) {
  const t = useTranslations("chats");
  const { me, nameOf } = usePeople();
  if (isWaiting(chat)) return <Badge tone="waits">{t("waits")}</Badge>;
  if (!chat.handed_off_at) return null;
  const name = chat.assigned_to === me ? t("yours") : (nameOf(chat.assigned_to) ?? t("withPeople"));
  return <span className="flex items-center gap-1"><Hand aria-hidden className="size-4" />{name}</span>;
}

function Unread({ count }: { count: number }) {
  const t = useTranslations("chats");
  if (count === 0) return null;
  return (
    <span className="grid h-5 min-w-5 place-items-center rounded-full bg-green px-1.5 font-semibold text-on-green">
      <span><span className="sr-only">{t("unread")} </span>{count}</span>
    </span>
  );
}

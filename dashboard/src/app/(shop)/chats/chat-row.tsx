"use client";

import { Hand } from "lucide-react";
import { useTranslations } from "use-intl";

import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Row } from "@/components/ui/row";
import { useFormats } from "@/shell/formats";

import { isWaiting, useNameOf, usePreview } from "./chat-words";
import type { Chat } from "./queries";

export function ChatRow(props: { chat: Chat; open?: boolean; onOpen: () => void }) {
  const t = useTranslations("chats");
  const { when } = useFormats();
  const nameOf = useNameOf();
  const preview = usePreview();
  const { chat } = props;
  return (
    <Row
      open={props.open}
      onOpen={props.onOpen}
      before={<Avatar name={chat.customer_name ?? ""} className="size-12" />}
      title={nameOf(chat)}
      aside={<time dateTime={chat.last_at} className="text-xs text-soft">{when(chat.last_at)}</time>}
      below={preview(chat)}
      belowAside={
        isWaiting(chat) ? <Badge tone="waits">{t("waits")}</Badge>
        : chat.handed_off_at ? <span className="flex items-center gap-1"><Hand aria-hidden className="size-4" />{t("yours")}</span>
        : chat.unread > 0 ? (
          <span className="grid h-5 min-w-5 place-items-center rounded-full bg-green px-1.5 font-semibold text-on-green">
            <span className="sr-only">{t("unread")}</span>{chat.unread}
          </span>
        ) : undefined
      }
    />
  );
}

"use client";

import { MessageCircle } from "lucide-react";
import { useTranslations } from "use-intl";

import { RowList } from "@/components/rows";
import { Empty } from "@/components/ui/empty";
import { Segmented } from "@/components/ui/segmented";
import { PageHead, Split } from "@/shell/page";
import { useChoice, useUrl } from "@/shell/url";
import { useToday } from "@/shell/waiting";

import { ChatDetail } from "./chat-detail";
import { ChatRow } from "./chat-row";
import { FILTERS, useChats } from "./queries";

export function Chats() {
  const t = useTranslations("chats");
  const { params, change } = useUrl();
  const [filter, choose] = useChoice("filter", FILTERS);
  const id = params.get("id");
  const waiting = useToday().data?.chats_waiting;
  const chats = useChats(filter);

  return (
    <Split
      list={
        <>
          <PageHead title={t("title")}>
            <Segmented label={t("filter")} value={filter} onChange={choose}
              segments={FILTERS.map((value) => ({
                value, label: t(`filters.${value}`), count: value === "waiting" ? waiting : undefined,
              }))} />
          </PageHead>
          <main className="min-h-0 flex-1 overflow-y-auto">
            <RowList of={chats} label={t("title")}
              row={(chat) => <ChatRow chat={chat} open={chat.id === id} onOpen={() => change({ id: chat.id })} />}
              empty={<Empty picture={<MessageCircle aria-hidden />} text={t(filter === "all" ? "none" : "noneHere")} />} />
          </main>
        </>
      }
      detail={id && <ChatDetail key={id} id={id} onClose={() => change({ id: null })} />}
      empty={<Empty picture={<MessageCircle aria-hidden />} text={t("choose")} />}
    />
  );
}

"use client";

import { MessageCircle } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { later } from "@/components/later";
import { RowList } from "@/components/rows";
import { Empty } from "@/components/ui/empty";
import { SearchField } from "@/components/ui/search-field";
import { Segmented } from "@/components/ui/segmented";
import { WaitingDetail } from "@/shell/detail";
import { PageHead, Split } from "@/shell/page";
import { useChoice, useUrl } from "@/shell/url";
import { useToday } from "@/shell/waiting";
import { Views } from "@/views/views";

import { ChatRow } from "./chat-row";
import { FILTERS, useChats, useTags } from "./queries";

const ChatDetail = later(() => import("./chat-detail").then((part) => part.ChatDetail), <WaitingDetail />);
const SearchResults = later(() => import("./search-results").then((part) => part.SearchResults));

export function Chats() {
  const t = useTranslations("chats");
  const { params, change } = useUrl();
  const [filter, choose] = useChoice("filter", FILTERS);
  const [search, setSearch] = useState("");
  const id = params.get("id");
  const tag = params.get("tag");
  const at = params.get("at");
  const waiting = useToday().data?.chats_waiting;
  const chats = useChats(filter, tag);
  const tags = useTags();

  return (
    <Split
      list={
        <>
          <PageHead title={t("title")}>
            <div className="mb-2 flex">
              <SearchField label={t("search")} clear={t("searchClear")} value={search} onChange={setSearch} />
            </div>
            {search.trim().length < 2 && (
              <>
                <Segmented label={t("filter")} value={filter} onChange={choose}
                  segments={FILTERS.map((value) => ({
                    value, label: t(`filters.${value}`), count: value === "waiting" ? waiting : undefined,
                  }))} />
                {tags.length > 0 && (
                  <Segmented label={t("tags")} value={tag ?? ""} onChange={(chosen) => change({ tag: chosen || null, id: null }, "replace")}
                    segments={[{ value: "", label: t("allTags") }, ...tags.slice(0, 12).map((one) => ({ value: one.tag, label: `# ${one.tag}` }))]} />
                )}
                <Views screen="chats" />
              </>
            )}
          </PageHead>
          <main className="min-h-0 flex-1 overflow-y-auto">
            {search.trim().length >= 2
              ? <SearchResults words={search.trim()} onOpen={(chat, message) => change({ id: chat, at: message })} />
              : <RowList of={chats} label={t("title")}
                  row={(chat) => <ChatRow chat={chat} open={chat.id === id} onOpen={() => change({ id: chat.id, at: null })} />}
                  empty={<Empty picture={<MessageCircle aria-hidden />} text={t(filter === "all" && !tag ? "none" : "noneHere")} />} />}
          </main>
        </>
      }
      detail={id && <ChatDetail key={id} id={id} at={at} onAt={(message) => change({ at: message }, "replace")}
        onClose={() => change({ id: null, at: null })} />}
      empty={<Empty picture={<MessageCircle aria-hidden />} text={t("choose")} />}
    />
  );
}

"use client";

import { SearchX } from "lucide-react";
import { useDeferredValue } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { PAGING, rowsOf } from "@/api/pages";
import { RowList } from "@/components/rows";
import { Avatar } from "@/components/ui/avatar";
import { Empty } from "@/components/ui/empty";
import { Row } from "@/components/ui/row";
import { useBoutiquePath } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

/** Chats by the customer's name or phone, and messages by their words, in all chats or in one. */
export function SearchResults(props: { words: string; chat?: string; onOpen: (chat: string, message: string | null) => void }) {
  const t = useTranslations("chats");
  const { when } = useFormats();
  const path = useBoutiquePath();
  const q = useDeferredValue(props.words);
  const within = props.chat ? { conversation_id: props.chat } : {};
  const people = api.useQuery("get", "/boutiques/{boutique_id}/chat-search/customers",
    { params: { path, query: { q } } }, { enabled: !props.chat });
  const hits = rowsOf(api.useInfiniteQuery("get", "/boutiques/{boutique_id}/chat-search/messages",
    { params: { path, query: { q, ...within } } }, PAGING));
  const found = props.chat ? [] : (people.data?.items ?? []);
  return (
    <>
      {found.length > 0 && (
        <ul aria-label={t("foundChats")} className="divide-y border-b">
          {found.map((chat) => (
            <li key={chat.conversation_id}>
              <Row before={<Avatar name={chat.customer_name ?? ""} className="size-10" />}
                title={<Marked text={chat.customer_name ?? chat.phone ?? t("customer")} words={q} />} below={chat.phone}
                onOpen={() => props.onOpen(chat.conversation_id, null)} />
            </li>
          ))}
        </ul>
      )}
      <RowList of={hits} label={t("foundMessages")}
        row={(hit) => (
          <Row title={hit.customer_name ?? hit.phone ?? t("customer")}
            aside={<time dateTime={hit.created_at} className="text-xs text-soft">{when(hit.created_at)}</time>}
            below={<><span className="text-soft">{hit.author === "customer" ? "" : `${t(hit.author === "assistant" ? "assistant" : "shop")}: `}</span>
              <Marked text={around(hit.excerpt, q)} words={q} /></>}
            onOpen={() => props.onOpen(hit.conversation_id, hit.id)} />
        )}
        empty={found.length > 0 ? null : <Empty picture={<SearchX aria-hidden />} text={t("nothingFound", { words: q })} />} />
    </>
  );
}

function wordsOf(search: string): string[] {
  return search.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The part of a text where the first word is, for a row of one line. */
export function around(text: string, search: string): string {
  const flat = text.replace(/[*_~]/g, "").replace(/\s+/g, " ");
  const places = wordsOf(search).map((word) => flat.toLowerCase().indexOf(word)).filter((place) => place >= 0);
  const start = Math.max(0, Math.min(...places, flat.length) - 12);
  return places.length > 0 && start > 0 ? `…${flat.slice(start)}` : flat;
}

function Marked({ text, words }: { text: string; words: string }) {
  const wanted = wordsOf(words);
  if (wanted.length === 0) return <>{text}</>;
  const parts = text.split(new RegExp(`(${wanted.join("|")})`, "giu"));
  return <>{parts.map((part, index) => (wanted.includes(part.toLowerCase()) ? <mark key={index} className="bg-transparent font-semibold text-green-ink">{part}</mark> : part))}</>;
}

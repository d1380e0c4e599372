"use client";

import { useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "@/api/client";
import { PAGING, rowsOf } from "@/api/pages";
import { useBoutiquePath } from "@/shell/boutique";
import { EVERY_S } from "@/shell/live";

export type Chat = Schemas["Conversation"];
export type ChatMessage = Schemas["Message"];
export const FILTERS = ["all", "waiting", "with_people"] as const;
export type ChatFilter = (typeof FILTERS)[number];

export function useChats(filter: ChatFilter) {
  const path = useBoutiquePath();
  return rowsOf(api.useInfiniteQuery("get", "/boutiques/{boutique_id}/conversations",
    { params: { path, query: { filter } } },
    { ...PAGING, refetchInterval: EVERY_S * 1000 }));
}

export function useChat(id: string) {
  const path = useBoutiquePath();
  return api.useQuery("get", "/boutiques/{boutique_id}/conversations/{conversation_id}",
    { params: { path: { ...path, conversation_id: id } } }, { refetchInterval: (EVERY_S / 2) * 1000 });
}

/** The messages of a chat, the latest first, a page at a time. */
export function useMessages(id: string) {
  const path = useBoutiquePath();
  return rowsOf(api.useInfiniteQuery("get", "/boutiques/{boutique_id}/conversations/{conversation_id}/messages",
    { params: { path: { ...path, conversation_id: id }, query: { limit: 50 } } },
    { ...PAGING, refetchInterval: (EVERY_S / 4) * 1000 }));
}

/** After something was done in a chat: its messages, every list of chats, the figures of today. */
export function useChatsChanged() {
  const queries = useQueryClient();
  const stale = [
    "/boutiques/{boutique_id}/conversations",
    "/boutiques/{boutique_id}/conversations/{conversation_id}",
    "/boutiques/{boutique_id}/conversations/{conversation_id}/messages",
    "/boutiques/{boutique_id}/today",
  ];
  return () => Promise.all(stale.map((route) => queries.invalidateQueries({ queryKey: ["get", route] })));
}

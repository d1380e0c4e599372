"use client";

import { useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "@/api/client";
import { PAGING, rowsOf } from "@/api/pages";
import { useBoutiquePath } from "@/shell/boutique";
import { EVERY_S } from "@/shell/live";

export type Chat = Schemas["Conversation"];
export type ChatMessage = Schemas["Message"];
export type Note = Schemas["InternalNote"];
export type Customer = Schemas["Customer"];
export type QuickReply = Schemas["QuickReply"];
export const FILTERS = ["all", "waiting", "mine", "with_people"] as const;
export type ChatFilter = (typeof FILTERS)[number];

export const CHAT = "/boutiques/{boutique_id}/conversations/{conversation_id}";

export function useChats(filter: ChatFilter, tag: string | null) {
  const path = useBoutiquePath();
  return rowsOf(api.useInfiniteQuery("get", "/boutiques/{boutique_id}/conversations",
    { params: { path, query: { filter, ...(tag ? { tag } : {}) } } },
    { ...PAGING, refetchInterval: EVERY_S * 1000, meta: filter === "all" && !tag ? { keptFor: "days" } : undefined }));
}

export function useChat(id: string) {
  const path = useBoutiquePath();
  return api.useQuery("get", CHAT,
    { params: { path: { ...path, conversation_id: id } } }, { refetchInterval: (EVERY_S / 2) * 1000 });
}

export function useNotes(id: string): Note[] {
  const path = useBoutiquePath();
  return api.useQuery("get", `${CHAT}/notes`,
    { params: { path: { ...path, conversation_id: id }, query: { limit: 100 } } }).data?.items ?? [];
}

export function useCustomer(id: string) {
  const path = useBoutiquePath();
  return api.useQuery("get", "/boutiques/{boutique_id}/customers/{customer_id}",
    { params: { path: { ...path, customer_id: id } } });
}

export function useTags() {
  const path = useBoutiquePath();
  return api.useQuery("get", "/boutiques/{boutique_id}/customer-tags", { params: { path } }).data?.items ?? [];
}

/** The shop's quick replies; `coming` while they are read, the first time or anew. */
export function useQuickReplies(): { all: QuickReply[]; coming: boolean } {
  const path = useBoutiquePath();
  const { data, isFetching } = api.useQuery("get", "/boutiques/{boutique_id}/quick-replies", { params: { path } }, { staleTime: 60_000 });
  return { all: data?.items ?? [], coming: isFetching };
}

export function useTemplates(id: string) {
  const path = useBoutiquePath();
  return api.useQuery("get", `${CHAT}/templates`, { params: { path: { ...path, conversation_id: id } } });
}

/** The shop's people, by what is before the @ of their addresses; who looks at the page is "you". */
export function usePeople() {
  const path = useBoutiquePath();
  const me = api.useQuery("get", "/me", {}, { staleTime: 300_000 }).data?.user_id;
  const members = api.useQuery("get", "/boutiques/{boutique_id}/members", { params: { path } }, { staleTime: 60_000 }).data;
  const people = (members?.items ?? []).map((one) => ({ id: one.user_id, name: nameOf(one.email) }));
  return { me, people, nameOf: (id: string | null) => people.find((one) => one.id === id)?.name };
}

function nameOf(email: string | null): string {
  const name = (email ?? "").split("@")[0] ?? "";
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** After something was done in a chat: its messages, every list of chats, the figures of today. */
export function useChatsChanged() {
  const queries = useQueryClient();
  const stale = ["/boutiques/{boutique_id}/conversations", CHAT, `${CHAT}/messages`, `${CHAT}/notes`,
    "/boutiques/{boutique_id}/today"];
  return () => Promise.all(stale.map((route) => queries.invalidateQueries({ queryKey: ["get", route] })));
}

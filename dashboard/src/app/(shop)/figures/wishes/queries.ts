"use client";

import { useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "@/api/client";
import { useBoutiquePath } from "@/shell/boutique";

import type { Days } from "../range";

export type Wish = Schemas["UnmetWish"];
export type WishKind = Wish["kind"];
export type How = Schemas["WishDone"]["how"];
export type Synonym = Schemas["Synonym"];
export type OwnAnswer = Schemas["OwnAnswer"];

const SHOP = "/boutiques/{boutique_id}";
const WISHES = `${SHOP}/unmet-wishes` as const;
export const SYNONYMS = `${SHOP}/synonyms` as const;
export const ANSWERS = `${SHOP}/own-answers` as const;

export function useWishes(days: Days) {
  const path = useBoutiquePath();
  return api.useQuery("get", WISHES, { params: { path, query: days } });
}

/** Who asked for one of them, and in which words. */
export function useTimes(wish: Wish, days: Days) {
  const path = useBoutiquePath();
  const query = { ...days, kind: wish.kind, subject: wish.subject };
  return api.useQuery("get", `${WISHES}/times`, { params: { path, query } });
}

/** Says what was done about a wish; it is not shown any more until it is asked for again. */
export function useClosing() {
  const path = useBoutiquePath();
  const queries = useQueryClient();
  const send = api.useMutation("post", `${WISHES}/done`, {
    onSuccess: () => queries.invalidateQueries({ predicate: ({ queryKey: [, route] }) => typeof route === "string" && route.startsWith(WISHES) }),
  });
  return {
    busy: send.isPending,
    close: ({ kind, subject }: Pick<Wish, "kind" | "subject">, how: How) => send.mutateAsync({ params: { path }, body: { kind, subject, how } }),
  };
}

export function useSynonyms() {
  const path = useBoutiquePath();
  return api.useQuery("get", SYNONYMS, { params: { path } });
}

export function useOwnAnswers() {
  const path = useBoutiquePath();
  return api.useQuery("get", ANSWERS, { params: { path } });
}

/** After something was taught or forgotten. */
export function useTaught() {
  const queries = useQueryClient();
  return () => Promise.all([SYNONYMS, ANSWERS].map((route) => queries.invalidateQueries({ queryKey: ["get", route] })));
}
